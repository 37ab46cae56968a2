using System.Globalization;
using LogMl.Configuration;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Binding;

/// <summary>
/// Converts a parameter of the YAML to the type that a method takes it as. Only conversions that keep every value of the
/// parameter exist; <see cref="float"/> stands for a real number as double does.
/// </summary>
internal static class ValueConversion
{
    private const double LargestExactInFloat = 1 << 24;
    private const double LargestExactInDouble = 1L << 53;
    private const double LargestInDecimal = 7.9e28;

    private static readonly Dictionary<string, (double Low, double High)> IntegerTypes = new(StringComparer.Ordinal)
    {
        ["sbyte"] = (sbyte.MinValue, sbyte.MaxValue),
        ["byte"] = (byte.MinValue, byte.MaxValue),
        ["short"] = (short.MinValue, short.MaxValue),
        ["ushort"] = (ushort.MinValue, ushort.MaxValue),
        ["int"] = (int.MinValue, int.MaxValue),
        ["uint"] = (uint.MinValue, uint.MaxValue),
        ["long"] = (-LargestExactInDouble, LargestExactInDouble),
        ["ulong"] = (0, LargestExactInDouble),
    };

    /// <summary>The expression, or the reason why there is none.</summary>
    public static (string? Expression, string? Reason) Convert(ParameterProperty property, TakenType target, string expression)
    {
        var type = property.Parameter.Type;
        var isReference = target.Name == "string" || target.ListElement is not null;
        var targetName = target.Name.TrimEnd('?');
        if (type.IsNullable && !isReference && !target.Name.EndsWith("?", StringComparison.Ordinal) && type.Kind != ParameterKind.Enum)
        {
            return (null, "it can be null");
        }

        return type.Kind switch
        {
            ParameterKind.Bool => Same(targetName == "bool", expression, "it is true or false"),
            ParameterKind.String => Same(targetName == "string", expression, "it is a text"),
            ParameterKind.Enum => EnumConversion.Convert(property, target, expression),
            ParameterKind.List => List(type.Element!, target, expression),
            _ => Number(property, target.Name, expression),
        };
    }

    private static (string?, string?) Same(bool isSame, string expression, string reason) =>
        isSame ? (expression, null) : (null, reason);

    private static (string?, string?) List(ParameterType element, TakenType target, string expression)
    {
        var name = (element.Kind switch
        {
            ParameterKind.Bool => "bool",
            ParameterKind.Int => "int",
            ParameterKind.Long => "long",
            ParameterKind.Double => "double",
            _ => "string",
        }) + (element.IsNullable && element.Kind != ParameterKind.String ? "?" : "");
        if (target.ListElement != name)
        {
            return (null, $"it is a list of {name}");
        }

        // A method may change an array or a list that it gets: it gets its own.
        return target.Name.Contains("IReadOnly") || target.Name.Contains("IEnumerable")
            ? (expression, null)
            : ($"[.. {expression}]", null);
    }

    private static (string?, string?) Number(ParameterProperty property, string target, string expression)
    {
        var name = target.TrimEnd('?');
        var range = ValueRange.Of(property);
        if (IntegerTypes.TryGetValue(name, out var limits))
        {
            return !range.IsIntegral ? (null, "it is a real number")
                : range.Low < limits.Low || range.High > limits.High
                    ? (null, $"its values go from {Shown(range.Low)} to {Shown(range.High)}")
                    : (Cast(property, target, expression), null);
        }

        return name switch
        {
            "double" => (expression, null),
            "float" when !range.IsIntegral || range.IsWithin(LargestExactInFloat) => (Cast(property, target, expression), null),
            "float" => (null, "a float is exact up to 16777216 only"),
            "decimal" when range.IsWithin(LargestInDecimal) => (Cast(property, target, expression), null),
            "decimal" => (null, "its values have no bounds"),
            _ => (null, range.IsIntegral ? "it is a whole number" : "it is a real number"),
        };
    }

    private static string Cast(ParameterProperty property, string target, string expression) =>
        property.TypeName == target ? expression : $"({target})({expression})";

    private static string Shown(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
