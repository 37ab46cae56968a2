namespace LogMl.Optimization.Stopping;

/// <summary>What ended a search.</summary>
public enum StopReason
{
    /// <summary>The study has as many trials as it should have.</summary>
    MaxEvals,

    /// <summary>The time is over.</summary>
    Timeout,

    /// <summary>The best loss is good enough: <see cref="StoppingCriteria.LossThreshold"/>.</summary>
    LossThreshold,

    /// <summary>The best loss has not improved for a while: <see cref="StoppingCriteria.NoImprovement"/>.</summary>
    NoImprovement,

    /// <summary>
    /// No point is expected to be better than the best one by more than the error of the loss: <see cref="StoppingCriteria.Regret"/>.
    /// </summary>
    Regret,

    /// <summary>There is no further point: the grid is at its end, or every point of a finite space has been tried.</summary>
    Exhausted,

    /// <summary><see cref="Study.Stop"/> was called.</summary>
    Stopped,

    /// <summary>A <see cref="CustomStoppingCriterion"/> said so.</summary>
    Custom,
}
