namespace LogMl.Optimization.Stopping;

/// <summary>The options of <see cref="StoppingCriteria.Regret"/>.</summary>
public sealed record RegretOptions
{
    /// <summary>
    /// The regret below which further trials are not worthwhile, in the unit of the loss; positive. For a cross-validated loss, use the
    /// standard error of its mean. Null uses the noise that the model estimates.
    /// </summary>
    public double? ErrorLevel { get; init; }

    /// <summary>The number of complete trials before which the search does not end. At least 2.</summary>
    public int MinTrials { get; init; } = 20;

    /// <summary>The probability that the bound does not hold. In (0, 1).</summary>
    public double Delta { get; init; } = 0.1;

    /// <summary>The number of random points of the space at which the lower confidence bound is minimized. At least 1.</summary>
    public int Candidates { get; init; } = 2000;

    internal void Validate()
    {
        Require.Positive(ErrorLevel ?? 1, nameof(ErrorLevel));
        Require.AtLeast(MinTrials, 2, nameof(MinTrials));
        Require.AtLeast(Candidates, 1, nameof(Candidates));
        if (!(Delta is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Delta), Require.Text($"Delta must be in (0, 1); got {Delta}."));
        }
    }
}
