using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration.Reading;

/// <summary>
/// Warns of a default that would have another type without its distribution. Taking the parameter out of the space would change the program
/// then, and for numbers the compiler would not report it (<c>p.Dropout / 2</c> with an int).
/// </summary>
internal sealed class TypeStability(DiagnosticBag diagnostics)
{
    public void Check(ParameterConfiguration parameter, YamlNode defaultNode)
    {
        var type = parameter.Type;
        if (parameter is not { Distribution: not null, Default: not (null or ConfigurationValue.Null) } || !IsBasic(type.Element ?? type))
        {
            return;
        }

        if (OfDefault(defaultNode) is not { } alone || alone.Kind == (type.Element ?? type).Kind)
        {
            return;
        }

        var declare = "declare the type in 'functions.types'";
        var written = TextOf(parameter.Default);
        var isSame = ParameterType.Of(parameter.Default) is var own && own.Kind == type.Kind && own.Element?.Kind == type.Element?.Kind;
        diagnostics.Report(
            ConfigurationDiagnostics.UnstableType,
            defaultNode,
            YamlScalar.Display(parameter.Name),
            Named(type, (type.Element ?? type).Kind),
            defaultNode is YamlScalar scalar ? YamlScalar.Display(scalar.Text) : ScalarReader.Show(parameter.Default),
            Named(type, alone.Kind),
            isSame ? $"write {written}, or {declare}" : declare);
    }

    /// <summary>Enums are left to the compiler: without the enum, code that uses it does not compile.</summary>
    private static bool IsBasic(ParameterType type) =>
        type.Kind is ParameterKind.Bool or ParameterKind.Int or ParameterKind.Long or ParameterKind.Double;

    /// <summary>The type of a default by itself; of a list, the type of its items; null when that is not determined.</summary>
    private static ParameterType? OfDefault(YamlNode node)
    {
        switch (node)
        {
            case YamlScalar scalar:
                return ParameterType.Of(ScalarReader.Natural(scalar));
            case YamlSequence { Items.Count: > 0 } list when list.Items.All(item => item is YamlScalar):
                var items = list.Items.Cast<YamlScalar>().ToList();
                return CommonType.Of(items) is not { } kind || items.TrueForAll(item => item.IsNull) ? null
                    : ParameterType.Of(new ConfigurationValue.List(items.Select(item =>
                        kind == ParameterKind.Double
                            ? new ConfigurationValue.Number(0)
                            : ScalarReader.Natural(item)).ToEquatableArray())).Element;
            default:
                return null;
        }
    }

    private static string Named(ParameterType type, ParameterKind kind) =>
        new ParameterType(kind).Written + (type.Element is null ? "" : "[]");

    /// <summary>A value as YAML text that has the value's type in both versions of YAML.</summary>
    private static string TextOf(ConfigurationValue value) => value switch
    {
        ConfigurationValue.Number { Value: var number } => YamlReal.Of(number),
        ConfigurationValue.List { Items: var items } => "[" + string.Join(", ", items.Select(TextOf)) + "]",
        _ => ScalarReader.Show(value),
    };
}
