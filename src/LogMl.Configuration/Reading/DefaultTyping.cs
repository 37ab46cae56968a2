using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>Types a parameter by its default alone.</summary>
internal sealed class DefaultTyping(DiagnosticBag diagnostics)
{
    private readonly CommonType _common = new(diagnostics);

    public ParameterConfiguration Read(string name, YamlNode? node)
    {
        switch (node)
        {
            case YamlScalar scalar:
                return ReadScalar(name, scalar);
            case YamlSequence list:
                return ReadList(name, list);
            case null:
                return new ParameterConfiguration(name, new ParameterType(ParameterKind.String, isNullable: true), null, null);
            default:
                diagnostics.Report(ConfigurationDiagnostics.NestedValue, node, YamlScalar.Shown(name), node.Description);
                return Nothing(name);
        }
    }

    /// <summary>A list of scalars; null, reported, when an item is something else or the items have no common type.</summary>
    public (ParameterKind Kind, List<ConfigurationValue> Items)? ReadItems(string name, IReadOnlyList<YamlNode> items)
    {
        if (items.FirstOrDefault(item => item is not YamlScalar) is { } nested)
        {
            diagnostics.Report(ConfigurationDiagnostics.NestedValue, nested, YamlScalar.Shown(name), nested.Description + " in a list");
            return null;
        }

        var scalars = items.Cast<YamlScalar>().ToList();
        if (CommonType.Of(scalars) is not { } kind)
        {
            var (place, difference) = CommonType.Clash(scalars);
            diagnostics.Report(ConfigurationDiagnostics.NoCommonType, place, YamlScalar.Shown(name), difference);
            return null;
        }

        var values = _common.Convert(scalars, kind);
        return (CommonType.Widen(kind, values), values);
    }

    private ParameterConfiguration ReadScalar(string name, YamlScalar scalar)
    {
        if (scalar.IsNull || ScalarReader.NaturalKind(scalar) is not { } kind)
        {
            return Nothing(name);
        }

        var value = _common.Convert([scalar], kind)[0];
        return new ParameterConfiguration(name, new ParameterType(CommonType.Widen(kind, [value])), value, null);
    }

    private ParameterConfiguration ReadList(string name, YamlSequence list)
    {
        var (kind, items) = ReadItems(name, list.Items) ?? (ParameterKind.String, []);
        var element = new ParameterType(kind, items.Any(item => item is ConfigurationValue.Null));
        return new ParameterConfiguration(
            name,
            new ParameterType(ParameterKind.List, false, default, element),
            new ConfigurationValue.List(items.ToEquatableArray()),
            null);
    }

    private static ParameterConfiguration Nothing(string name) =>
        new(name, new ParameterType(ParameterKind.String, isNullable: true), new ConfigurationValue.Null(), null);
}
