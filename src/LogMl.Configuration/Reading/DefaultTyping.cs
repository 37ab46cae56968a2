using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>Types a parameter by its default alone, or by its declared type.</summary>
internal sealed class DefaultTyping(DiagnosticBag diagnostics)
{
    private readonly CommonType _common = new(diagnostics);
    private readonly TypedReader _typed = new(diagnostics);

    /// <param name="name">The name of the parameter.</param>
    /// <param name="node">Its default, or null.</param>
    /// <param name="declared">Its declared type, or null.</param>
    public ParameterConfiguration Read(string name, YamlNode? node, ParameterType? declared)
    {
        if (declared is not null)
        {
            var value = node is null ? null : _typed.ReadDeclared(name, declared, node, mayBeInfinite: true);
            return new ParameterConfiguration(name, declared, value, null);
        }

        switch (node)
        {
            case YamlScalar scalar:
                return ReadScalar(name, scalar);
            case YamlSequence list:
                return Of(name, new ConfigurationValue.List((ReadItems(name, list.Items)?.Items ?? []).ToEquatableArray()));
            case null:
                return new ParameterConfiguration(name, new ParameterType(ParameterKind.String, isNullable: true), null, null);
            default:
                diagnostics.Report(ConfigurationDiagnostics.NestedValue, node, YamlScalar.Display(name), node.Description);
                return Of(name, new ConfigurationValue.Null());
        }
    }

    /// <summary>A list of scalars; null, reported, when an item is something else or the items have no common type.</summary>
    public (ParameterKind Kind, List<ConfigurationValue> Items)? ReadItems(string name, IReadOnlyList<YamlNode> items)
    {
        if (items.FirstOrDefault(item => item is not YamlScalar) is { } nested)
        {
            diagnostics.Report(ConfigurationDiagnostics.NestedValue, nested, YamlScalar.Display(name), nested.Description + " in a list");
            return null;
        }

        var scalars = items.Cast<YamlScalar>().ToList();
        if (CommonType.Of(scalars) is not { } kind)
        {
            var (place, difference) = CommonType.Clash(scalars);
            diagnostics.Report(ConfigurationDiagnostics.NoCommonType, place, YamlScalar.Display(name), difference);
            return null;
        }

        var values = _common.Convert(scalars, kind);
        return (CommonType.Widen(kind, values), values);
    }

    private ParameterConfiguration ReadScalar(string name, YamlScalar scalar) =>
        Of(name, ScalarReader.NaturalKind(scalar) is { } kind ? _common.Convert([scalar], kind)[0] : new ConfigurationValue.Null());

    private static ParameterConfiguration Of(string name, ConfigurationValue value) => new(name, ParameterType.Of(value), value, null);
}
