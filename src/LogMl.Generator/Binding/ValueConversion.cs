using System.Globalization;
using LogMl.Configuration.Model;
using LogMl.Generator.Model;
using LogMl.Generator.Parameters;
using LogMl.Shared;

namespace LogMl.Generator.Binding;

/// <summary>
/// Converts a parameter of the YAML to the type that a method takes it as. A conversion must keep every value of the parameter. The
/// exception is a real number, which <see cref="float"/> may round.
/// </summary>
internal static class ValueConversion
{
    private const double LargestExactInFloat = 1 << 24;
    private const double LargestInDecimal = 7.9e28;

    private static readonly Dictionary<string, (double Low, double High)> IntegerTypes = new(StringComparer.Ordinal)
    {
        ["sbyte"] = (sbyte.MinValue, sbyte.MaxValue),
        ["byte"] = (byte.MinValue, byte.MaxValue),
        ["short"] = (short.MinValue, short.MaxValue),
        ["ushort"] = (ushort.MinValue, ushort.MaxValue),
        ["int"] = (int.MinValue, int.MaxValue),
        ["uint"] = (uint.MinValue, uint.MaxValue),
        ["long"] = (-DistributionLimits.LargestExactInteger, DistributionLimits.LargestExactInteger),
        ["ulong"] = (0, DistributionLimits.LargestExactInteger),
    };

    /// <summary>The expression, or the reason why there is none.</summary>
    public static (string? Expression, string? Reason) Convert(ParameterProperty property, TakenType target, string expression) =>
        property.Branches is { } hierarchy ? Branches(property, hierarchy, target, expression)
        : property.Parameter.Type.Kind == ParameterKind.List ? List(property, target, expression)
        : Scalar(ConvertedValues.Of(property), target, expression);

    private static (string?, string?) Branches(ParameterProperty property, BranchHierarchy hierarchy, TakenType target, string expression)
    {
        // The hierarchy does not exist yet when the method is read; a part of it in the project makes it known.
        var isHierarchy = target.IsUnknown
            ? target.Outer is null && target.NestedName == hierarchy.Name
            : target.Name.TrimEnd('?') == property.EnumType;
        var isNamesake = !target.IsUnknown && target.NestedName == hierarchy.Name;
        return isHierarchy
            ? (expression, null)
            : (null, $"it is one of {string.Join(", ", hierarchy.Branches.Select(branch => branch.Label))}; take "
                + (isNamesake ? Namesake(hierarchy) : $"'{hierarchy.Name}'"));
    }

    /// <summary>The hierarchy for a method that takes another type of its name, which may be meant as a part of it.</summary>
    private static string Namesake(BranchHierarchy hierarchy)
    {
        var name = hierarchy.FullName.Replace("global::", "");
        var dot = name.LastIndexOf('.');
        return $"the generated '{name}'" + (dot < 0 ? "" : $", a part of which belongs into 'namespace {name.Substring(0, dot)}'");
    }

    private static (string?, string?) List(ParameterProperty property, TakenType target, string expression)
    {
        var items = ConvertedValues.OfItems(property);
        if (target.Element is not { } element)
        {
            return (null, $"it is a list of {items.TypeName}");
        }

        const string Item = "item";
        var (converted, reason) = Scalar(items, element, Item);
        if (converted is null)
        {
            return (null, $"it is a list of {items.TypeName}: of an item, {reason}");
        }

        // A method may change a collection that it gets, so it gets a copy of its own.
        var isSame = converted == Item && (items.TypeName == element.Name || items.Kind == ParameterKind.String);
        if (isSame && (target.SimpleName.StartsWith("IReadOnly", StringComparison.Ordinal) || target.SimpleName == "IEnumerable"))
        {
            return (expression, null);
        }

        var copy = converted == Item
            ? $"[.. {expression}]"
            : $"[.. global::System.Linq.Enumerable.Select({expression}, {Item} => {converted})]";
        return (property.Parameter.Type.IsNullable ? $"({expression} is null ? null : {copy})" : copy, null);
    }

    private static (string?, string?) Scalar(ConvertedValues values, TakenType target, string expression)
    {
        var name = target.Name.TrimEnd('?');
        if (values.IsNullable && name != "string" && !target.AcceptsNull && values.Kind != ParameterKind.Enum)
        {
            return (null, "it can be null");
        }

        return values.Kind switch
        {
            ParameterKind.Bool => name == "bool" ? (expression, null) : (null, "it is true or false"),
            ParameterKind.String or ParameterKind.Enum => NamedValue.Convert(values, target, expression),
            _ => Number(values, target.Name, expression),
        };
    }

    private static (string?, string?) Number(ConvertedValues values, string target, string expression)
    {
        var name = target.TrimEnd('?');
        var range = values.Range;
        if (IntegerTypes.TryGetValue(name, out var limits))
        {
            return !range.IsIntegral ? (null, "it is a real number")
                : range.Low < limits.Low || range.High > limits.High
                    ? (null, $"its values go from {Display(range.Low)} to {Display(range.High)}")
                    : (Cast(values, target, expression), null);
        }

        return name switch
        {
            "double" => (expression, null),
            "float" when !range.IsIntegral || range.IsWithin(LargestExactInFloat) => (Cast(values, target, expression), null),
            "float" => (null, "a float is exact up to 16777216 only"),
            "decimal" when range.IsWithin(LargestInDecimal) => (Cast(values, target, expression), null),
            "decimal" => (null, "its values have no bounds"),
            _ => (null, range.IsIntegral ? "it is a whole number" : "it is a real number"),
        };
    }

    private static string Cast(ConvertedValues values, string target, string expression) =>
        values.TypeName == target ? expression : $"({target})({expression})";

    private static string Display(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
