namespace LogMl.Optimization.Sampling;

/// <summary>The options of NSGA-II. The defaults are those of Deb et al. (2002), except for the population, which is 100 there.</summary>
public sealed record NsgaIIOptions
{
    /// <summary>The number of trials in a generation, and the number of the best trials that become parents. At least 2.</summary>
    public int Population { get; init; } = 50;

    /// <summary>The probability that a child has two parents. In [0, 1].</summary>
    public double CrossoverProbability { get; init; } = 0.9;

    /// <summary>
    /// The distribution index of simulated binary crossover (K. Deb, R. Agrawal, 1995); at least 0. Children are nearer to their parents
    /// for a larger index.
    /// </summary>
    public double CrossoverIndex { get; init; } = 20;

    /// <summary>
    /// The probability that a parameter mutates, in [0, 1]; null for 1 / n, where n is the number of parameters of the child.
    /// </summary>
    public double? MutationProbability { get; init; }

    /// <summary>The distribution index of polynomial mutation; at least 0. Mutations are smaller for a larger index.</summary>
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
