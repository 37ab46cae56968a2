namespace LogMl.Optimization.Sampling;

/// <summary>The options of NSGA-II. The defaults are Deb's, but for the population, which is 100 there.</summary>
public sealed record NsgaIIOptions
{
    /// <summary>The trials of a generation, and how many of the best live on as parents. At least 2.</summary>
    public int Population { get; init; } = 50;

    /// <summary>The probability that a child has two parents. In [0, 1].</summary>
    public double CrossoverProbability { get; init; } = 0.9;

    /// <summary>
    /// How near to its parents a child is: the index of simulated binary crossover (K. Deb, R. Agrawal, 1995). Not negative.
    /// </summary>
    public double CrossoverIndex { get; init; } = 20;

    /// <summary>
    /// The probability that a parameter mutates; null for 1 / n with the n parameters of a child. In [0, 1].
    /// </summary>
    public double? MutationProbability { get; init; }

    /// <summary>How small mutations are: the index of polynomial mutation. Not negative.</summary>
    public double MutationIndex { get; init; } = 20;

    internal void Validate()
    {
        Require.AtLeast(Population, 2, nameof(Population));
        RequireRange(CrossoverProbability, 1, nameof(CrossoverProbability));
        RequireRange(MutationProbability ?? 0, 1, nameof(MutationProbability));
        RequireRange(CrossoverIndex, double.MaxValue, nameof(CrossoverIndex));
        RequireRange(MutationIndex, double.MaxValue, nameof(MutationIndex));
    }

    private static void RequireRange(double value, double max, string name)
    {
        Require.Finite(value, name);
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, max, name);
    }
}
