namespace LogMl.Optimization.Sampling;

/// <summary>The options of <see cref="Samplers.Auto"/>.</summary>
public sealed record AutoOptions
{
    /// <summary>
    /// How many trials the search is going to have, if that is known; at least 1. With few of them less is spent on a first look at the space.
    /// </summary>
    public int? Budget { get; init; }

    /// <summary>
    /// Up to how many trials a Gaussian process is asked; not negative. Its time for a proposal grows with the square of their number, and
    /// with so many trials the cheap samplers are as good.
    /// </summary>
    public int ModelTrials { get; init; } = 500;

    /// <summary>
    /// Of how many trials one is proposed by TPE while the process is asked: it is right about other things, and where one of the two is
    /// wrong the other one goes on. At least 2.
    /// </summary>
    public int TpeEvery { get; init; } = 5;

    internal void Validate()
    {
        Require.AtLeast(Budget ?? 1, 1, nameof(Budget));
        Require.AtLeast(ModelTrials, 0, nameof(ModelTrials));
        Require.AtLeast(TpeEvery, 2, nameof(TpeEvery));
    }
}
