using LogMl.Configuration.Model;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Binding;

/// <summary>The range of the numbers that a parameter can have.</summary>
internal readonly record struct ValueRange(double Low, double High, bool IsIntegral)
{
    public bool IsWithin(double limit) => Low >= -limit && High <= limit;

    public static ValueRange Of(ParameterProperty property)
    {
        var fromDefault = OfValue(property.Default);
        return property.Parameter.Distribution is { } distribution ? Union(fromDefault, Of(distribution)) : fromDefault;
    }

    /// <summary>The range of some values. Without values it is empty.</summary>
    public static ValueRange Of(IEnumerable<ConfigurationValue> values) =>
        values.Select(OfValue).DefaultIfEmpty(OfNothing).Aggregate(Union);

    /// <summary>The range of the numbers that a distribution gives.</summary>
    public static ValueRange Of(DistributionConfiguration distribution)
    {
        if (DistributionForm.Of(distribution.Kind).HasOptions)
        {
            return distribution.Options.Select(OfOption).Aggregate(Union);
        }

        // Rounding to a multiple of q may leave the range by half a q, but not make an exponential negative.
        var range = NumericRange.Of(distribution);
        return range.Q is { } q
            ? new ValueRange(range.Form.IsLog ? 0 : range.Low - q, range.High + q, IsWhole(q))
            : new ValueRange(range.Low, range.High, range.Form.IsInteger);
    }

    private static ValueRange OfOption(OptionConfiguration option) => option switch
    {
        OptionConfiguration.Constant constant => OfValue(constant.Value),
        OptionConfiguration.Number number => Of(number.Distribution),
        _ => OfNothing,
    };

    private static ValueRange OfValue(ConfigurationValue value) => value switch
    {
        ConfigurationValue.Integer integer => new ValueRange(integer.Value, integer.Value, IsIntegral: true),
        ConfigurationValue.Number number => new ValueRange(number.Value, number.Value, IsWhole(number.Value)),

        // The type covers null; it does not limit the range.
        _ => OfNothing,
    };

    private static ValueRange OfNothing => new(0, 0, IsIntegral: true);

    private static ValueRange Union(ValueRange a, ValueRange b) =>
        new(Math.Min(a.Low, b.Low), Math.Max(a.High, b.High), a.IsIntegral && b.IsIntegral);

    private static bool IsWhole(double value) => !double.IsInfinity(value) && Math.Floor(value).Equals(value) && !double.IsNaN(value);
}
