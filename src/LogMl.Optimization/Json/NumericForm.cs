using LogMl.Optimization.Distributions;

namespace LogMl.Optimization.Json;

/// <summary>The JSON form of a numeric distribution: its name in hyperopt, and its arguments.</summary>
/// <param name="Name">The name of the distribution.</param>
/// <param name="Arguments">The arguments in the form in which messages show them.</param>
/// <param name="Create">Makes the distribution from its arguments; returns null if their number is wrong.</param>
internal sealed record NumericForm(string Name, string Arguments, Func<double[], NumericDistribution?> Create)
{
    public static readonly IReadOnlyList<NumericForm> All =
    [
        new("uniform", "[low, high]", args => args is [var low, var high] ? Distribution.Uniform(low, high) : null),
        new("quniform", "[low, high, q]", args => args is [var low, var high, var q] ? Distribution.QUniform(low, high, q) : null),
        new("uniformint", "[low, high]", args => args is [var low, var high] ? Distribution.UniformInt(low, high) : null),
        new("loguniform", "[low, high], the natural logarithms of the bounds",
            args => args is [var low, var high] ? Distribution.LogUniform(low, high) : null),
        new("qloguniform", "[low, high, q], low and high being the natural logarithms of the bounds",
            args => args is [var low, var high, var q] ? Distribution.QLogUniform(low, high, q) : null),
        new("normal", "[mu, sigma]", args => args is [var mu, var sigma] ? Distribution.Normal(mu, sigma) : null),
        new("qnormal", "[mu, sigma, q]", args => args is [var mu, var sigma, var q] ? Distribution.QNormal(mu, sigma, q) : null),
        new("lognormal", "[mu, sigma] of the logarithm", args => args is [var mu, var sigma] ? Distribution.LogNormal(mu, sigma) : null),
        new("qlognormal", "[mu, sigma, q], mu and sigma being those of the logarithm",
            args => args is [var mu, var sigma, var q] ? Distribution.QLogNormal(mu, sigma, q) : null),
        new("randint", "[upper] or [low, upper]", args => args switch
        {
            [var upper] => Distribution.RandInt(Whole(upper)),
            [var low, var high] => Distribution.RandInt(Whole(low), Whole(high)),
            _ => null,
        }),
    ];

    public static NumericForm? Find(string name) => All.FirstOrDefault(form => form.Name == name);

    private static long Whole(double value) => Math.Floor(value) == value && Math.Abs(value) <= DistributionLimits.LargestExactInteger
        ? (long)value
        : throw new ArgumentException(FormattableString.Invariant($"the bounds must be whole numbers within 2^53; got {value}."));
}
