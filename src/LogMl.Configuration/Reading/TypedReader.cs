using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>Reads values of a type that is known.</summary>
internal sealed class TypedReader(DiagnosticBag diagnostics)
{
    private readonly ScalarReader _scalars = new(diagnostics);

    // The members of the enum that was read last: an enum of many members has as many values.
    private ParameterType? _type;
    private HashSet<string> _members = [];

    /// <summary>The value, or null when the node is no value of the type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="node">The value as written.</param>
    /// <param name="mayBeInfinite">Whether a double may be infinite or not a number.</param>
    public ConfigurationValue? Read(ParameterType type, YamlNode node, bool mayBeInfinite = false) => node switch
    {
        YamlScalar { IsNull: true } => type.IsNullable ? new ConfigurationValue.Null() : null,
        YamlScalar scalar => ReadScalar(type, scalar, mayBeInfinite),
        YamlSequence list when type.Element is { } element => ReadList(element, list, mayBeInfinite),
        _ => null,
    };

    /// <summary>The value of a declared type, or null after a report.</summary>
    public ConfigurationValue? ReadDeclared(string name, ParameterType type, YamlNode node, bool mayBeInfinite)
    {
        if (Read(type, node, mayBeInfinite) is { } value)
        {
            return value;
        }

        ReportMismatch(name, type, node, node is YamlScalar { IsNull: true }
            ? $"null is no value of it; declare '{(type with { IsNullable = true }).Written}' when it may be null"
            : $"{node.Description} is no value of it");
        return null;
    }

    /// <summary>Says what contradicts a declared type.</summary>
    public void ReportMismatch(string name, ParameterType type, YamlNode node, string contradiction) =>
        diagnostics.Report(ConfigurationDiagnostics.DeclaredTypeMismatch, node, YamlScalar.Display(name), type.Written, contradiction);

    private ConfigurationValue? ReadScalar(ParameterType type, YamlScalar scalar, bool mayBeInfinite)
    {
        var notFinite = mayBeInfinite ? ScalarReader.NotFinite(scalar, type.Kind) : null;
        return type.Kind switch
        {
            ParameterKind.List => null,
            ParameterKind.Enum => MembersOf(type).Contains(scalar.Text) ? new ConfigurationValue.Text(scalar.Text) : null,
            ParameterKind.Int =>
                _scalars.ReadAs(scalar, type.Kind) is ConfigurationValue.Integer { Value: >= int.MinValue and <= int.MaxValue } value
                ? value
                : null,
            _ => notFinite ?? _scalars.ReadAs(scalar, type.Kind),
        };
    }

    private HashSet<string> MembersOf(ParameterType type)
    {
        if (!ReferenceEquals(_type, type))
        {
            _type = type;
            _members = new HashSet<string>(type.Members, StringComparer.Ordinal);
        }

        return _members;
    }

    private ConfigurationValue.List? ReadList(ParameterType element, YamlSequence list, bool mayBeInfinite)
    {
        var items = list.Items.Select(item => Read(element, item, mayBeInfinite)).ToList();
        return items.Contains(null) ? null : new ConfigurationValue.List(items.Select(item => item!).ToEquatableArray());
    }
}
