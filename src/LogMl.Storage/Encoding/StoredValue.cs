using LogMl.Optimization;
using LogMl.Optimization.Distributions;

namespace LogMl.Storage.Encoding;

/// <summary>Values of parameters as the storage has them.</summary>
internal static class StoredValue
{
    /// <summary>The number that stands for a value of the distribution. <see cref="Distribution.ValueOf"/> gives the value back, to the last digit.</summary>
    public static double Write(Distribution distribution, double value) =>
        distribution is NumericDistribution { Quantum: { } q, IsInteger: false } ? StoredDistribution.Multiple(Math.Round(value / q, MidpointRounding.ToEven), q) : value;
}
