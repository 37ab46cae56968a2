using System.Globalization;
using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>Reads the value that a point gives a parameter, and those of the parameters in its branches.</summary>
internal sealed class PointBranches(ReadSession session)
{
    private readonly TypedReader _typed = new(session.Diagnostics);

    /// <summary>Reads a value in the shape of the YAML.</summary>
    /// <param name="name">The name of the parameter in the space.</param>
    /// <param name="distribution">Its distribution.</param>
    /// <param name="type">Its type.</param>
    /// <param name="node">The value.</param>
    /// <param name="point">Receives the values.</param>
    public void Read(string name, DistributionConfiguration distribution, ParameterType type, YamlNode node, PointValues point)
    {
        if (distribution.Options.IsEmpty
            ? ReadNumber(name, distribution, type, node, point)
            : ReadConstant(name, distribution, type, node, point) || ReadOption(name, distribution, type, node, point))
        {
            return;
        }

        session.Diagnostics.Report(ConfigurationDiagnostics.PointValue, node, node.Description, Shown(name), Describe(distribution));
    }

    /// <summary>
    /// Reads a value by the path of its parameter, <c>classifier.svm.c</c>, which chooses the branches that the path names. Returns false
    /// when there is no such parameter.
    /// </summary>
    public bool ReadPath(StepConfiguration step, string path, YamlScalar key, YamlNode node, PointValues point) =>
        Descend(step.Name, step.Parameters, path, key, node, point);

    private bool Descend(
        string prefix, EquatableArray<ParameterConfiguration> parameters, string path, YamlScalar key, YamlNode node, PointValues point)
    {
        foreach (var parameter in parameters.Where(parameter => parameter.Distribution is not null))
        {
            var name = prefix + "." + parameter.Name;
            var distribution = parameter.Distribution!;
            if (path == parameter.Name)
            {
                Read(name, distribution, parameter.Type, node, point);
                return true;
            }

            for (var i = 0; Below(path, parameter.Name) is { } rest && i < distribution.Options.Count; i++)
            {
                var isFound = distribution.Options[i] switch
                {
                    OptionConfiguration.Number number when rest == number.Name => ReadOnly(name, number, parameter.Type, node, point),
                    OptionConfiguration.Branch branch when Below(rest, branch.Name) is { } inner =>
                        Descend(name + "." + branch.Name, branch.Parameters, inner, key, node, point),
                    _ => false,
                };
                if (isFound)
                {
                    point.Set(name, new ConfigurationValue.Integer(i), key);
                    return true;
                }
            }
        }

        return false;
    }

    private bool ReadOnly(string choice, OptionConfiguration.Number option, ParameterType type, YamlNode node, PointValues point)
    {
        Read(choice + "." + option.Name, option.Distribution, type.TypeOf(option), node, point);
        return true;
    }

    private bool ReadNumber(string name, DistributionConfiguration distribution, ParameterType type, YamlNode node, PointValues point)
    {
        var value = _typed.Read(type, node);
        var number = value switch
        {
            ConfigurationValue.Integer integer => integer.Value,
            ConfigurationValue.Number { Value: var real } => real,
            _ => (double?)null,
        };
        if (number is not { } given || !DistributionRange.Has(distribution, given))
        {
            return false;
        }

        point.Set(name, value!, node);
        return true;
    }

    private bool ReadConstant(string name, DistributionConfiguration distribution, ParameterType type, YamlNode node, PointValues point)
    {
        var index = _typed.Read(type, node) is { } value
            ? distribution.Options.ToList().IndexOf(new OptionConfiguration.Constant(value))
            : -1;
        if (index >= 0)
        {
            point.Set(name, new ConfigurationValue.Integer(index), node);
        }

        return index >= 0;
    }

    /// <summary>Reads a branch, or a number that one of the distributions can give. Returns false when it is neither.</summary>
    private bool ReadOption(string name, DistributionConfiguration distribution, ParameterType type, YamlNode node, PointValues point)
    {
        // Where several distributions have the number, its name says which is meant.
        var named = node is YamlMapping { Pairs: [{ Key: YamlScalar key, Value: YamlScalar only }] } ? (key.Text, Value: only) : default;
        for (var i = 0; i < distribution.Options.Count; i++)
        {
            if (distribution.Options[i] is OptionConfiguration.Number number
                && ReadNumber(
                    name + "." + number.Name, number.Distribution, type.TypeOf(number),
                    named.Text == number.Name ? named.Value : node, point))
            {
                point.Set(name, new ConfigurationValue.Integer(i), node);
                return true;
            }
        }

        var isBranch = node is YamlMapping || (node is YamlScalar scalar && ScalarReader.NaturalKind(scalar) == ParameterKind.String);
        if (type.Kind != ParameterKind.Branches || !isBranch)
        {
            return false;
        }

        var names = distribution.Options.OfType<OptionConfiguration.Branch>().Select(branch => branch.Name).ToList();
        if (BranchShape.OfValue(node, session, names) is { } shape)
        {
            ReadBranch(name, distribution, shape, names, point);
        }

        return true;
    }

    private void ReadBranch(
        string name, DistributionConfiguration distribution, BranchShape shape, IReadOnlyList<string> names, PointValues point)
    {
        var options = distribution.Options.ToList();
        var index = options.FindIndex(option => option is OptionConfiguration.Branch branch && branch.Name == shape.Name);
        if (index < 0)
        {
            session.Diagnostics.Report(
                ConfigurationDiagnostics.UnknownBranch, shape.Key, YamlScalar.Display(shape.Name),
                $"an option of '{Shown(name)}'", session.Diagnostics.Choices(shape.Name, names));
            return;
        }

        point.Set(name, new ConfigurationValue.Integer(index), shape.Key);
        var searched = ((OptionConfiguration.Branch)options[index]).Parameters
            .Where(parameter => parameter.Distribution is not null)
            .ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        var below = name + "." + shape.Name;
        foreach (var entry in shape.Parameters)
        {
            MappingEntries.ReportTag(entry.Value, session.Diagnostics);
            if (searched.TryGetValue(entry.Name, out var parameter))
            {
                Read(below + "." + entry.Name, parameter.Distribution!, parameter.Type, entry.Value, point);
            }
            else if (!session.HasMistakeIn("space." + below + "." + entry.Name))
            {
                session.Diagnostics.Report(
                    ConfigurationDiagnostics.PointParameter, entry.Key,
                    $"parameter '{YamlScalar.Display(entry.Name)}' of '{Shown(below)}'",
                    session.Diagnostics.Choices(entry.Name, searched.Keys.ToList()));
            }
        }
    }

    /// <summary>A name in the space without its step.</summary>
    private static string Shown(string name) => YamlScalar.Display(name.Substring(name.IndexOf('.') + 1));

    /// <summary>What a path has below a name; null when it is not below it.</summary>
    private static string? Below(string path, string name) =>
        path.Length > name.Length + 1 && path[name.Length] == '.' && path.StartsWith(name, StringComparison.Ordinal)
            ? path.Substring(name.Length + 1)
            : null;

    private static string Describe(DistributionConfiguration distribution) => DistributionForm.Of(distribution.Kind).IsQuantized
        ? $"multiples of {distribution.Arguments[2].ToString("R", CultureInfo.InvariantCulture)}, "
            + $"{DistributionRange.Describe(distribution)}"
        : DistributionRange.Describe(distribution);
}
