using LogMl.Optimization;

namespace LogMl.Storage;

/// <summary>The summary of a study in a list, without its trials.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Directions">The direction of each objective.</param>
public sealed record StudySummary(string Name, IReadOnlyList<Direction> Directions)
{
    /// <summary>The number of waiting trials: enqueued, released, or to be repeated.</summary>
    public int Waiting { get; init; }

    /// <summary>The number of running trials, with those that a dead program has left.</summary>
    public int Running { get; init; }

    /// <summary>The number of complete trials that keep the constraints.</summary>
    public int Complete { get; init; }

    /// <summary>The number of complete trials that violate a constraint.</summary>
    public int Infeasible { get; init; }

    /// <summary>The number of pruned trials.</summary>
    public int Pruned { get; init; }

    /// <summary>The number of failed trials that were not repeated.</summary>
    public int Failed { get; init; }

    /// <summary>The number of runs that were repeated: they were cut off, have failed, or were run again because of other inputs.</summary>
    public int Repeated { get; init; }

    /// <summary>The number of all trials, with those that were repeated.</summary>
    public int Trials => Waiting + Running + Complete + Infeasible + Pruned + Failed + Repeated;

    /// <summary>When the first trial was started, in UTC; null while none was.</summary>
    public DateTime? FirstStarted { get; init; }

    /// <summary>When a trial last ended, in UTC; null while none has.</summary>
    public DateTime? LastEnded { get; init; }

    /// <summary>The best trial; null while there is none, and in a study of several objectives.</summary>
    public BestTrial? Best { get; init; }
}
