using LogMl.Optimization;
using LogMl.Optimization.Distributions;

namespace LogMl.Storage.Encoding;

/// <summary>Values of parameters in the form of the storage.</summary>
internal static class StoredValue
{
    /// <summary>
    /// The number that is stored for a value of the distribution. <see cref="Distribution.ValueOf"/> returns the value from it, exact to
    /// the last digit.
    /// </summary>
    public static double Write(Distribution distribution, double value) =>
        distribution is NumericDistribution { Quantum: { } q, IsInteger: false }
            ? StoredDistribution.Multiple(Math.Round(value / q, MidpointRounding.ToEven), q)
            : value;
}
