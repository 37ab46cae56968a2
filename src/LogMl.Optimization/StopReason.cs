namespace LogMl.Optimization;

/// <summary>What ended a search.</summary>
public enum StopReason
{
    /// <summary>The study has its maximum number of trials.</summary>
    MaxEvals,

    /// <summary>The time limit has passed.</summary>
    Timeout,

    /// <summary>The best loss has reached the threshold: <see cref="StoppingCriteria.LossThreshold"/>.</summary>
    LossThreshold,

    /// <summary>The best loss has not improved for a number of trials: <see cref="StoppingCriteria.NoImprovement"/>.</summary>
    NoImprovement,

    /// <summary>
    /// No point is expected to be better than the best one by more than the error of the loss: <see cref="StoppingCriteria.Regret"/>.
    /// </summary>
    Regret,

    /// <summary>There is no further point: the grid is at its end, or every point of a finite space has been tried.</summary>
    Exhausted,

    /// <summary><see cref="Study.Stop"/> was called.</summary>
    Stopped,

    /// <summary>A <see cref="Stopping.CustomStoppingCriterion"/> has ended the search.</summary>
    Custom,
}
