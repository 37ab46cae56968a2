using LogMl.Optimization;

namespace LogMl.Host.Sampling;

/// <summary>The numeric distributions by their names in hyperopt.</summary>
internal static class NumericDistributions
{
    /// <summary>The names with their arguments, as a message shows them.</summary>
    public static readonly IReadOnlyDictionary<string, string> Arguments = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["uniform"] = "[low, high]",
        ["quniform"] = "[low, high, q]",
        ["uniformint"] = "[low, high]",
        ["loguniform"] = "[low, high], the natural logarithms of the bounds",
        ["qloguniform"] = "[low, high, q], low and high being the natural logarithms of the bounds",
        ["normal"] = "[mu, sigma]",
        ["qnormal"] = "[mu, sigma, q]",
        ["lognormal"] = "[mu, sigma] of the logarithm",
        ["qlognormal"] = "[mu, sigma, q], mu and sigma being those of the logarithm",
        ["randint"] = "[upper] or [low, upper]",
    };

    /// <returns>The distribution; null when the name is none of <see cref="Arguments"/>, or there are too few or too many arguments.</returns>
    /// <exception cref="ArgumentException">The arguments are out of range.</exception>
    public static Distribution? Create(string name, double[] args) => (name, args) switch
    {
        ("randint", [var upper]) => Distribution.RandInt(Whole(upper)),
        ("randint", [var low, var high]) => Distribution.RandInt(Whole(low), Whole(high)),
        ("uniform", [var low, var high]) => Distribution.Uniform(low, high),
        ("quniform", [var low, var high, var q]) => Distribution.QUniform(low, high, q),
        ("uniformint", [var low, var high]) => Distribution.UniformInt(low, high),
        ("loguniform", [var low, var high]) => Distribution.LogUniform(low, high),
        ("qloguniform", [var low, var high, var q]) => Distribution.QLogUniform(low, high, q),
        ("normal", [var mu, var sigma]) => Distribution.Normal(mu, sigma),
        ("qnormal", [var mu, var sigma, var q]) => Distribution.QNormal(mu, sigma, q),
        ("lognormal", [var mu, var sigma]) => Distribution.LogNormal(mu, sigma),
        ("qlognormal", [var mu, var sigma, var q]) => Distribution.QLogNormal(mu, sigma, q),
        _ => null,
    };

    private static long Whole(double value) => Math.Floor(value) == value && Math.Abs(value) <= 1L << 53
        ? (long)value
        : throw new ArgumentException(FormattableString.Invariant($"the bounds must be whole numbers within 2^53; got {value}."));
}
