using System.Globalization;
using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>Reads <c>points_to_evaluate</c>: a list of mappings step -> parameter -> value. Each value must be in the space.</summary>
internal sealed class PointsReader(ReadSession session)
{
    private readonly TypedReader _typed = new(session.Diagnostics);

    /// <summary>
    /// The points: mappings of step.parameter to a value as a trial has it, a number or the index of an option. Null when there is none.
    /// </summary>
    public ConfigurationValue? Read(YamlNode node, EquatableArray<StepConfiguration> steps)
    {
        MappingEntries.ReportTag(node, session.Diagnostics);
        if (node is YamlSequence list)
        {
            var points = list.Items.Select(item => ReadPoint(item, steps)).ToEquatableArray();
            return points.IsEmpty ? null : new ConfigurationValue.List(points);
        }

        if (node is not YamlScalar { IsNull: true })
        {
            session.Diagnostics.Report(
                ConfigurationDiagnostics.WrongKindOfValue, node, "'points_to_evaluate'", "a list of mappings, step: {parameter: value}",
                node.Description);
        }

        return null;
    }

    private ConfigurationValue ReadPoint(YamlNode node, EquatableArray<StepConfiguration> steps)
    {
        var values = new List<SettingConfiguration>();
        foreach (var (name, key, value) in MappingEntries.Of(node, "A point", session.Diagnostics))
        {
            session.Cancellation.ThrowIfCancellationRequested();
            if (steps.FirstOrDefault(step => step.Name == StepTable.Canonical(name)) is { } step)
            {
                values.AddRange(ReadStep(step, MappingEntries.Of(value, $"'{name}' of a point", session.Diagnostics)));
            }
            else
            {
                var searched = steps.Where(known => Searched(known).Any()).ToList();
                session.Diagnostics.Report(
                    ConfigurationDiagnostics.PointParameter,
                    key,
                    $"step '{YamlScalar.Display(name)}'",
                    Placement(name, searched) ?? session.Diagnostics.Choices(name, [.. searched.Select(known => known.Name)]));
            }
        }

        return new ConfigurationValue.Mapping(values.ToEquatableArray());
    }

    private IEnumerable<SettingConfiguration> ReadStep(StepConfiguration step, IReadOnlyList<MappingEntry> entries)
    {
        foreach (var (name, key, value) in entries)
        {
            MappingEntries.ReportTag(value, session.Diagnostics);
            if (Searched(step).FirstOrDefault(known => known.Name == name) is { } parameter)
            {
                if (ReadValue(parameter, value) is { } number)
                {
                    yield return new SettingConfiguration(step.Name + "." + name, number);
                }
            }
            else
            {
                var choices = session.Diagnostics.Choices(name, [.. Searched(step).Select(known => known.Name)]);
                session.Diagnostics.Report(
                    ConfigurationDiagnostics.PointParameter, key, $"parameter '{YamlScalar.Display(name)}' of step '{step.Name}'", choices);
            }
        }
    }

    /// <summary>The right form of a parameter in place of a step; null when it is no parameter.</summary>
    private static string? Placement(string name, IEnumerable<StepConfiguration> searched)
    {
        var (step, parameter) = ParameterNames.Split(name);
        return searched.FirstOrDefault(known => (step is null || known.Name == step)
            && Searched(known).Any(other => other.Name == parameter)) is { } found
            ? $"; write {ParameterNames.Nested(found.Name, parameter)}"
            : null;
    }

    /// <summary>The value as a trial has it, or null after a report.</summary>
    private ConfigurationValue? ReadValue(ParameterConfiguration parameter, YamlNode node)
    {
        var distribution = parameter.Distribution!;
        var value = _typed.Read(parameter.Type, node);
        if (distribution.Options.IsEmpty)
        {
            var number = value switch
            {
                ConfigurationValue.Integer integer => integer.Value,
                ConfigurationValue.Number { Value: var real } => real,
                _ => (double?)null,
            };
            if (number is { } given && DistributionRange.Has(distribution, given))
            {
                return value;
            }
        }
        else if (value is not null)
        {
            var index = distribution.Options.ToList().IndexOf(new OptionConfiguration.Constant(value));
            if (index >= 0)
            {
                return new ConfigurationValue.Integer(index);
            }
        }

        session.Diagnostics.Report(
            ConfigurationDiagnostics.PointValue, node, node.Description, YamlScalar.Display(parameter.Name), Describe(distribution));
        return null;
    }

    private static string Describe(DistributionConfiguration distribution) => DistributionForm.Of(distribution.Kind).IsQuantized
        ? $"multiples of {distribution.Arguments[2].ToString("R", CultureInfo.InvariantCulture)}, "
            + $"{DistributionRange.Describe(distribution)}"
        : DistributionRange.Describe(distribution);

    private static IEnumerable<ParameterConfiguration> Searched(StepConfiguration step) =>
        step.Parameters.Where(parameter => parameter.Distribution is not null);
}
