using LogMl.Host.Results;

namespace LogMl.Host.Search;

/// <summary>The progress of a search: the event <c>progress</c> (docs/architecture.md, seam 4).</summary>
internal sealed record Progress
{
    /// <summary>The number of finished trials of the study.</summary>
    public int Finished { get; init; }

    /// <summary>The number of trials of the whole search.</summary>
    public int Total { get; init; }

    /// <summary>The number of trials that failed.</summary>
    public int Failed { get; init; }

    /// <summary>The number of trials that were pruned.</summary>
    public int Pruned { get; init; }

    /// <summary>The best trial and its loss; null while there is none.</summary>
    public (int Number, double Loss)? Best { get; init; }

    /// <summary>The speed and the remaining time.</summary>
    public Pace Pace { get; init; }

    /// <summary>How the trial that has just ended has ended; null when none has.</summary>
    public TrialEnd? Ended { get; init; }

    /// <summary>The last trial that failed since the previous event, and why; null when none has.</summary>
    public string? Failure { get; init; }

    /// <summary>The number of trials that this process runs.</summary>
    public int Running { get; init; }

    /// <summary>The age of the oldest running trial.</summary>
    public TimeSpan? Oldest { get; init; }

    /// <summary>The step of the oldest running trial.</summary>
    public string? OldestStep { get; init; }

    /// <summary>The number of trials that run in other processes, when this process only waits for them; else 0.</summary>
    public int Elsewhere { get; init; }
}
