namespace LogMl.Optimization.Sampling;

/// <summary>The options of <see cref="Samplers.Auto"/>.</summary>
public sealed record AutoOptions
{
    /// <summary>
    /// The planned number of trials, at least 1; null if it is not known. With a small budget, fewer trials are spent on the initial
    /// design.
    /// </summary>
    public int? Budget { get; init; }

    /// <summary>
    /// The number of trials up to which the Gaussian process proposes points; at least 0. The time of its proposals grows with the square
    /// of the number of trials, and beyond this number the cheap samplers are as good.
    /// </summary>
    public int ModelTrials { get; init; } = 500;

    /// <summary>
    /// While the Gaussian process is in use, TPE proposes one trial in this many. The two models make different errors, so that one can
    /// make progress where the other one fails. At least 2.
    /// </summary>
    public int TpeEvery { get; init; } = 5;

    internal void Validate()
    {
        Require.AtLeast(Budget ?? 1, 1, nameof(Budget));
        Require.AtLeast(ModelTrials, 0, nameof(ModelTrials));
        Require.AtLeast(TpeEvery, 2, nameof(TpeEvery));
    }
}
