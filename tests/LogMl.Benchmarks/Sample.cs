namespace LogMl.Benchmarks;

/// <summary>Measurements of one thing.</summary>
internal sealed class Sample
{
    private readonly double[] _sorted;

    public Sample(IEnumerable<double> values) => _sorted = [.. values.Order()];

    public double Minimum => _sorted[0];

    public double Median => Quantile(0.5);

    /// <summary>The smallest value that at least this share of the values does not exceed.</summary>
    public double Quantile(double share) => _sorted[Math.Clamp((int)Math.Ceiling(share * _sorted.Length) - 1, 0, _sorted.Length - 1)];
}
