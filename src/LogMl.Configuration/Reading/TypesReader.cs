using System.Text.RegularExpressions;
using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>A type that <c>functions.types</c> declares.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Key">The key with its position.</param>
/// <param name="Type">The type; null when the text, which is reported, is no type.</param>
internal sealed record DeclaredType(string Name, YamlScalar Key, ParameterType? Type);

/// <summary>Reads <c>functions.types</c>: for each step, the types of parameters that their values alone do not say.</summary>
internal sealed class TypesReader(ReadSession session)
{
    /// <summary>The key beside the steps. Log(ML) ignores it, because it looks the steps up by name.</summary>
    public const string Key = "types";

    private const string Expected =
        "a type is bool, int, long, double or string, with '?' when it can be null and '[]' when it is a list; "
        + "or the list of an enum's members";

    private static readonly string[] Names = ["bool", "int", "long", "double", "string"];
    private static readonly Regex Form = new(@"^(bool|int|long|double|string)(\?)?(\[\](\?)?)?$", RegexOptions.CultureInvariant);

    /// <summary>The declarations by step.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<DeclaredType>> Read(IReadOnlyList<MappingEntry> entries)
    {
        var steps = new Dictionary<string, IReadOnlyList<DeclaredType>>(StringComparer.Ordinal);
        foreach (var (name, key, value) in entries)
        {
            if (StepTable.Canonical(name) is not { } step)
            {
                session.Diagnostics.Report(
                    ConfigurationDiagnostics.UnknownStep, key, YamlScalar.Display(name),
                    session.Diagnostics.Suggest(name, StepTable.Names));
            }
            else if (steps.ContainsKey(step))
            {
                session.Diagnostics.Report(ConfigurationDiagnostics.DuplicateStep, key, step, name);
            }
            else
            {
                var types = MappingEntries.Of(value, $"'functions.{Key}.{name}'", session.Diagnostics);
                steps.Add(step, types
                    .Select(type => new DeclaredType(type.Name, type.Key, ReadType(ParameterPlace.Of(step, type.Name), type.Value)))
                    .ToList());
            }
        }

        return steps;
    }

    private ParameterType? ReadType(ParameterPlace place, YamlNode node)
    {
        MappingEntries.ReportTag(node, session.Diagnostics);
        return node switch
        {
            YamlScalar scalar => ReadName(scalar),
            YamlSequence list when list.Items.Any(item => item is YamlMapping) => ReadOptions(place, list),
            YamlSequence list => ReadMembers(list),
            _ => Refuse(node, node.Description, Expected),
        };
    }

    private ParameterType? ReadName(YamlScalar scalar)
    {
        if (Form.Match(scalar.Text) is not { Success: true } match)
        {
            var name = scalar.Text.TrimEnd('?', '[', ']');
            var nearest = session.Diagnostics.Nearest(name, Names);
            return Refuse(scalar, scalar.Description, (nearest is null || nearest == name ? "" : $"did you mean '{nearest}'? ") + Expected);
        }

        var isNullable = match.Groups[2].Success;
        var kind = match.Groups[1].Value switch
        {
            "bool" => ParameterKind.Bool,
            "int" => ParameterKind.Int,
            "long" => ParameterKind.Long,
            "double" => ParameterKind.Double,
            _ => ParameterKind.String,
        };
        var type = new ParameterType(kind, isNullable);
        return match.Groups[3].Success ? new ParameterType(ParameterKind.List, match.Groups[4].Success, default, type) : type;
    }

    private ParameterType? ReadMembers(YamlSequence list)
    {
        if (list.Items.FirstOrDefault(item => item is not YamlScalar) is { } nested)
        {
            return Refuse(nested, nested.Description, Expected);
        }

        var scalars = list.Items.Cast<YamlScalar>().ToList();
        var names = scalars.Where(scalar => !scalar.IsNull).ToList();
        if (names.Count == 0)
        {
            return Refuse(list, list.Description, Expected);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        if (names.FirstOrDefault(name => !seen.Add(name.Text)) is { } again)
        {
            return Refuse(again, again.Description, "it is already a member");
        }

        if (EnumMembers.Obstacle(names.Select(name => name.Text)) is var (text, reason))
        {
            return Refuse(names.First(name => name.Text == text), $"'{YamlScalar.Display(text)}'", reason);
        }

        var members = names.Select(name => name.Text).ToEquatableArray();
        return new ParameterType(ParameterKind.Enum, scalars.Count > names.Count, members, null);
    }

    /// <summary>
    /// The options of a hierarchy: a name, a branch with the types of its parameters, or a number with its type. Wrong ones are reported,
    /// and missing in the type.
    /// </summary>
    private ParameterType ReadOptions(ParameterPlace place, YamlSequence list)
    {
        var names = new OptionNames();
        var written = list.Items.Where(item => item is not YamlScalar { IsNull: true }).ToList();
        var read = written.Select(item => ReadOption(place, item, names)).ToList();
        var options = read.SelectMany(found => found).ToEquatableArray();
        var missesOptions = read.Exists(found => found.Count == 0);
        var isNullable = written.Count < list.Items.Count;
        return !missesOptions && options.All(option => option is { Number: null, Parameters.IsEmpty: true, MissesParameters: false })
            ? new ParameterType(ParameterKind.Enum, isNullable, options.Select(option => option.Name).ToEquatableArray(), null)
            : new ParameterType(ParameterKind.Branches, isNullable) { Options = options, MissesOptions = missesOptions };
    }

    /// <summary>An option; none after a report; several where one mapping has several branches.</summary>
    private IReadOnlyList<OptionType> ReadOption(ParameterPlace choice, YamlNode node, OptionNames names)
    {
        if (node is YamlSequence)
        {
            Refuse(node, node.Description, Expected);
            return [];
        }

        if (node is YamlMapping { Pairs: [{ Key: YamlScalar number, Value: YamlScalar { IsNull: false } scalar }] })
        {
            return ReadName(scalar) is not { } type || !IsNamed(choice, number, names) ? []
                : type is { Kind: ParameterKind.Int or ParameterKind.Long or ParameterKind.Double, IsNullable: false }
                    ? [new OptionType(number.Text, default, type)]
                    : RefuseOption(scalar);
        }

        return [.. BranchShape.OfOption(node, session)
            .Where(branch => IsNamed(choice, branch.Key, names))
            .Select(branch => ReadBranch(choice.Option(branch.Name), branch))];
    }

    private OptionType ReadBranch(ParameterPlace place, BranchShape branch)
    {
        var parameters = new List<NamedType>();
        var properties = new OptionNames();
        foreach (var (name, key, value) in branch.Parameters)
        {
            if (ParameterNames.Problem(place.Parameter(name), name) is { } problem)
            {
                Refuse(key, $"'{YamlScalar.Display(name)}'", problem);
            }
            else if (!properties.Take(name))
            {
                Refuse(key, $"'{YamlScalar.Display(name)}'", "another parameter has the same C# name");
            }
            else if (ReadType(place.Parameter(name), value) is { } type)
            {
                parameters.Add(new NamedType(name, type));
            }
        }

        return new OptionType(branch.Name, parameters.ToEquatableArray())
        {
            MissesParameters = branch.MissesParameters || parameters.Count < branch.Parameters.Count,
        };
    }

    private IReadOnlyList<OptionType> RefuseOption(YamlScalar scalar)
    {
        Refuse(scalar, scalar.Description, "an option that is a number has the type int, long or double");
        return [];
    }

    private bool IsNamed(ParameterPlace choice, YamlScalar name, OptionNames names)
    {
        var problem = ParameterNames.ProblemOfOption(choice, name.Text)
            ?? names.ProblemOf(name.Text, name, session.Diagnostics);
        if (problem is not null)
        {
            session.Diagnostics.Report(
                ConfigurationDiagnostics.BranchName, name, YamlScalar.Display(name.Text), choice.Shown, problem);
        }

        return problem is null;
    }

    private ParameterType? Refuse(YamlNode node, string found, string reason)
    {
        session.Diagnostics.Report(ConfigurationDiagnostics.UnknownType, node, found, reason);
        return null;
    }
}
