namespace LogMl.Optimization.Stopping;

/// <summary>The options of <see cref="StoppingCriteria.Regret"/>.</summary>
public sealed record RegretOptions
{
    /// <summary>
    /// The regret that is not worth a further trial, in the unit of the loss: for a cross-validated loss the standard error of its mean.
    /// Positive; null for the noise that the model sees.
    /// </summary>
    public double? ErrorLevel { get; init; }

    /// <summary>No search ends before so many trials are complete. At least 2.</summary>
    public int MinTrials { get; init; } = 20;

    /// <summary>The probability that the bound does not hold. In (0, 1).</summary>
    public double Delta { get; init; } = 0.1;

    /// <summary>At how many random points of the space the lowest possible loss is looked for. At least 1.</summary>
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
