namespace LogMl.Optimization.Sampling;

/// <summary>The options of grid search.</summary>
public sealed record GridOptions
{
    /// <summary>
    /// The number of values of a continuous parameter, and of a discrete one with more than <see cref="ExhaustiveUpTo"/> values. At least
    /// 1.
    /// </summary>
    public int Levels { get; init; } = 10;

    /// <summary>An integer or quantized parameter with at most this number of values takes all of them. At least 0.</summary>
    public int ExhaustiveUpTo { get; init; } = 1000;

    internal void Validate()
    {
        Require.AtLeast(Levels, 1, nameof(Levels));
        Require.AtLeast(ExhaustiveUpTo, 0, nameof(ExhaustiveUpTo));
    }
}
