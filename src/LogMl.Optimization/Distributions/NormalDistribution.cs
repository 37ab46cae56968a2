using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Distributions;

/// <summary>The normal family: normal, qnormal, lognormal, qlognormal.</summary>
public sealed class NormalDistribution : NumericDistribution
{
    internal NormalDistribution(string name, double mu, double sigma, bool isLog = false, double? q = null)
        : base(name, isLog, q, isInteger: false)
    {
        Require.Finite(mu, nameof(mu));
        Require.Positive(sigma, nameof(sigma));
        Mu = mu;
        Sigma = sigma;
    }

    /// <summary>The mean; of the natural logarithm for lognormal and qlognormal.</summary>
    public double Mu { get; }

    /// <summary>The standard deviation; of the natural logarithm for lognormal and qlognormal.</summary>
    public double Sigma { get; }

    private protected override double[] LawArguments => [Mu, Sigma];

    internal override double LawLow => double.NegativeInfinity;

    internal override double LawHigh => double.PositiveInfinity;

    internal override double PriorMean => Mu;

    internal override double PriorSigma => Sigma;

    // The clamp keeps the result finite when Sigma is very large.
    private protected override double LawQuantile(double u) =>
        Math.Clamp(Mu + Sigma * StandardNormal.InverseCdf(u), -double.MaxValue, double.MaxValue);

    private protected override double DrawLaw(RandomStream random) => LawQuantile(random.NextOpenDouble());
}
