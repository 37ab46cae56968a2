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
                steps.Add(step, types.Select(type => new DeclaredType(type.Name, type.Key, ReadType(type.Value))).ToList());
            }
        }

        return steps;
    }

    private ParameterType? ReadType(YamlNode node)
    {
        MappingEntries.ReportTag(node, session.Diagnostics);
        return node switch
        {
            YamlScalar scalar => ReadName(scalar),
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

    private ParameterType? Refuse(YamlNode node, string found, string reason)
    {
        session.Diagnostics.Report(ConfigurationDiagnostics.UnknownType, node, found, reason);
        return null;
    }
}
