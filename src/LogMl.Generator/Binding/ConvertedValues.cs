using LogMl.Configuration.Model;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Binding;

/// <summary>What is known about the values of a parameter, or of an item of a list.</summary>
/// <param name="Kind">Their kind.</param>
/// <param name="IsNullable">Whether null is one of them.</param>
/// <param name="TypeName">The C# type that holds them.</param>
/// <param name="EnumName">The generated enum, without namespace, when that is one.</param>
/// <param name="Range">The range of the numbers.</param>
/// <param name="Texts">The texts or members.</param>
internal sealed record ConvertedValues(
    ParameterKind Kind, bool IsNullable, string TypeName, string? EnumName, ValueRange Range, IReadOnlyList<string> Texts)
{
    /// <summary>The generated enum as code names it, or null.</summary>
    public string? EnumType => EnumName is null ? null : TypeName.TrimEnd('?');

    public static ConvertedValues Of(ParameterProperty property)
    {
        var type = property.Parameter.Type;
        return new ConvertedValues(
            type.Kind, type.IsNullable, property.TypeName, property.EnumName, ValueRange.Of(property),
            type.Kind == ParameterKind.Enum ? type.Members : TextsOf(property.Values));
    }

    /// <summary>The items of a list.</summary>
    public static ConvertedValues OfItems(ParameterProperty property)
    {
        var element = property.Parameter.Type.Element!;
        var items = property.Values.OfType<ConfigurationValue.List>().SelectMany(list => list.Items).ToList();
        return new ConvertedValues(
            element.Kind, element.IsNullable, ParameterProperty.NameOf(element), null, ValueRange.Of(items), TextsOf(items));
    }

    private static List<string> TextsOf(IEnumerable<ConfigurationValue> values) =>
        values.OfType<ConfigurationValue.Text>().Select(text => text.Value).Distinct(StringComparer.Ordinal).ToList();
}
