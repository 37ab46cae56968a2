using LogMl.Configuration;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Binding;

/// <summary>What is known of the numbers that a parameter can be.</summary>
internal readonly record struct ValueRange(double Low, double High, bool IsIntegral)
{
    public bool IsWithin(double limit) => Low >= -limit && High <= limit;

    public static ValueRange Of(ParameterProperty property)
    {
        var fromDefault = OfValue(property.Default);
        return property.Parameter.Distribution is { } distribution ? Union(fromDefault, Of(distribution)) : fromDefault;
    }

    /// <summary>The range of some values; of none, nothing is known but that they are none.</summary>
    public static ValueRange Of(IEnumerable<ConfigurationValue> values) => values.Select(OfValue).DefaultIfEmpty(OfNothing).Aggregate(Union);

    private static ValueRange Of(DistributionConfiguration distribution)
    {
        var arguments = distribution.Arguments;
        var infinity = double.PositiveInfinity;
        return distribution.Kind switch
        {
            DistributionKind.Choice or DistributionKind.PChoice => distribution.Options.Select(OfValue).Aggregate(Union),
            DistributionKind.RandInt when arguments.Count == 1 => new ValueRange(0, arguments[0] - 1, IsIntegral: true),
            DistributionKind.RandInt => new ValueRange(arguments[0], arguments[1] - 1, IsIntegral: true),
            DistributionKind.UniformInt => new ValueRange(Math.Floor(arguments[0]), Math.Ceiling(arguments[1]), IsIntegral: true),
            DistributionKind.Uniform => new ValueRange(arguments[0], arguments[1], IsIntegral: false),

            // Rounding to a multiple of q may leave the range by half a q.
            DistributionKind.QUniform => new ValueRange(arguments[0] - arguments[2], arguments[1] + arguments[2], IsWhole(arguments[2])),
            DistributionKind.LogUniform => new ValueRange(Math.Exp(arguments[0]), Math.Exp(arguments[1]), IsIntegral: false),
            DistributionKind.QLogUniform => new ValueRange(0, Math.Exp(arguments[1]) + arguments[2], IsWhole(arguments[2])),
            DistributionKind.QNormal => new ValueRange(-infinity, infinity, IsWhole(arguments[2])),
            DistributionKind.LogNormal => new ValueRange(0, infinity, IsIntegral: false),
            DistributionKind.QLogNormal => new ValueRange(0, infinity, IsWhole(arguments[2])),
            _ => new ValueRange(-infinity, infinity, IsIntegral: false),
        };
    }

    private static ValueRange OfValue(ConfigurationValue value) => value switch
    {
        ConfigurationValue.Integer integer => new ValueRange(integer.Value, integer.Value, IsIntegral: true),
        ConfigurationValue.Number number => new ValueRange(number.Value, number.Value, IsWhole(number.Value)),

        // Null is checked by the type; it bounds nothing.
        _ => OfNothing,
    };

    private static ValueRange OfNothing => new(0, 0, IsIntegral: true);

    private static ValueRange Union(ValueRange a, ValueRange b) =>
        new(Math.Min(a.Low, b.Low), Math.Max(a.High, b.High), a.IsIntegral && b.IsIntegral);

    private static bool IsWhole(double value) => !double.IsInfinity(value) && Math.Floor(value).Equals(value) && !double.IsNaN(value);
}
