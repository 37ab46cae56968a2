namespace LogMl.Optimization.Distributions;

/// <content>Densities, probabilities and quantiles.</content>
/// <remarks>
/// Let F be the cumulative distribution function of the law (uniform, or normal by <see cref="Numerics.StandardNormal"/>), and x = ln v for
/// a log family, otherwise x = v. A continuous distribution has Cdf(v) = F(x) and Pdf(v) = F'(x) dx/dv, where dx/dv is 1/v for a log
/// family. A quantized value v = k q stands for the interval from (k - 1/2) q to (k + 1/2) q, whose probability under the law is Pmf(v).
/// </remarks>
public abstract partial class NumericDistribution
{
    private Axis? _axis;

    /// <inheritdoc/>
    public override bool IsDiscrete => Quantum is not null;

    // Made lazily, because it needs the bounds, which the constructors of the derived types set later.
    private Axis StandardAxis => _axis ??= Axis.Standard(this);

    /// <inheritdoc/>
    public override double Pdf(double value)
    {
        if (IsDiscrete)
        {
            throw new InvalidOperationException(
                Require.Text($"{Name} has no density: its values are multiples of {Quantum}. Pmf gives their probabilities."));
        }

        if (double.IsNaN(value))
        {
            return double.NaN;
        }

        return Contains(value) ? StandardAxis.Density(StandardAxis.ToCoordinate(value)) * StandardAxis.Width(1) / (IsLog ? value : 1) : 0;
    }

    /// <inheritdoc/>
    public override double Pmf(double value)
    {
        if (!IsDiscrete || !Contains(value))
        {
            return 0;
        }

        (var low, var high) = StandardAxis.Cell(value);
        return StandardAxis.Mass(low, high);
    }

    /// <inheritdoc/>
    public override double Cdf(double value)
    {
        if (double.IsNaN(value))
        {
            return double.NaN;
        }

        if (value < Lowest)
        {
            return 0;
        }

        if (value >= Highest)
        {
            return 1;
        }

        return StandardAxis.Cdf(
            Quantum is { } q ? StandardAxis.Cell(LargestMultipleUpTo(value, q)).High : StandardAxis.ToCoordinate(value));
    }

    private protected override double ComputeQuantile(double p)
    {
        if (p is 0 or 1)
        {
            return p == 0 ? Lowest : Highest;
        }

        var value = FromUnit(p);
        if (Quantum is not { } q)
        {
            return value;
        }

        // FromUnit may return either value at an edge and has rounding errors, so the neighbours are checked as well.
        var below = Bounds.Multiple(value - q, q);
        return below >= Lowest && Cdf(below) >= p ? below
            : Cdf(value) < p ? Bounds.Multiple(value + q, q)
            : value;
    }

    private double LargestMultipleUpTo(double value, double q)
    {
        var nearest = Bounds.Multiple(value, q);
        return nearest > value ? Bounds.Multiple(nearest - q, q) : nearest;
    }
}
