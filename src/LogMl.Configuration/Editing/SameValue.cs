using LogMl.Configuration.Model;
using LogMl.Configuration.Reading;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Editing;

/// <summary>Compares values that are written differently: 1e-3 and 0.001 are the same number.</summary>
internal static class SameValue
{
    private static readonly ScalarReader Reader = new(new DiagnosticBag(new LineMap("")));

    /// <summary>Whether a node of a file is the wanted value, where a parameter of the type of that value is needed.</summary>
    /// <param name="node">The node of the file.</param>
    /// <param name="wanted">The value, written so that its type is evident.</param>
    public static bool Is(YamlNode node, YamlNode wanted) => (node, wanted) switch
    {
        (YamlScalar scalar, YamlScalar value) => Is(scalar, value),
        (YamlSequence list, YamlSequence values) =>
            list.Items.Count == values.Items.Count && list.Items.Zip(values.Items, Is).All(same => same),
        (YamlMapping mapping, YamlScalar name) => IsBranchAlone(mapping, name),
        (YamlMapping mapping, YamlMapping values) => Is(Entries(mapping), Entries(values)),
        _ => false,
    };

    /// <summary>The entries of a mapping, merge keys resolved.</summary>
    public static IReadOnlyList<MappingEntry> Entries(YamlNode node) =>
        MappingEntries.Of(node, "", new DiagnosticBag(new LineMap("")), isOfParameters: true);

    /// <summary>Whether a scalar is read as a number, when one is needed.</summary>
    public static bool IsNumber(YamlScalar scalar) => NumberOf(scalar) is not null;

    /// <summary>Whether a scalar is read as true or false, when that is needed.</summary>
    public static bool IsBool(YamlScalar scalar) => Reader.ReadAs(scalar, ParameterKind.Bool) is not null;

    private static bool Is(YamlScalar scalar, YamlScalar wanted) => ScalarReader.Natural(wanted) switch
    {
        ConfigurationValue.Null => scalar.IsNull,
        ConfigurationValue.Bool value => value.Equals(Reader.ReadAs(scalar, ParameterKind.Bool)),
        ConfigurationValue.Integer value when Reader.ReadAs(scalar, ParameterKind.Long) is { } integer => value.Equals(integer),
        ConfigurationValue.Integer or ConfigurationValue.Number => NumberOf(scalar) is { } number && number.Equals(NumberOf(wanted)),
        _ => !scalar.IsNull && scalar.Text == wanted.Text,
    };

    private static bool Is(IReadOnlyList<MappingEntry> entries, IReadOnlyList<MappingEntry> wanted) =>
        entries.Count == wanted.Count
        && wanted.All(value => entries.Any(entry => entry.Name == value.Name && Is(entry.Value, value.Value)));

    /// <summary>Whether a mapping names a branch without parameters: <c>{naive_bayes: {}}</c> is <c>naive_bayes</c>.</summary>
    private static bool IsBranchAlone(YamlMapping mapping, YamlScalar name) =>
        mapping.Pairs is [{ Key: YamlScalar key, Value: YamlMapping { Pairs.Count: 0 } or YamlScalar { IsNull: true } }]
        && key.Text == name.Text && !name.IsNull;

    private static double? NumberOf(YamlScalar scalar) =>
        (ScalarReader.NotFinite(scalar, ParameterKind.Double) ?? Reader.ReadAs(scalar, ParameterKind.Double)) switch
        {
            ConfigurationValue.Number { Value: var number } => number,
            ConfigurationValue.Integer { Value: var integer } => integer,
            _ => null,
        };
}
