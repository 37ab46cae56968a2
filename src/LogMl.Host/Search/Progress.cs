using LogMl.Host.Results;

namespace LogMl.Host.Search;

/// <summary>How far a search is: the event <c>progress</c> (docs/architecture.md, seam 4).</summary>
internal sealed record Progress
{
    /// <summary>The number of finished trials of the study.</summary>
    public int Finished { get; init; }

    /// <summary>The number of trials that there shall be.</summary>
    public int Total { get; init; }

    /// <summary>The number of those that failed.</summary>
    public int Failed { get; init; }

    /// <summary>The number of those that were pruned.</summary>
    public int Pruned { get; init; }

    /// <summary>The best trial and its loss; null while there is none.</summary>
    public (int Number, double Loss)? Best { get; init; }

    /// <summary>How fast it is.</summary>
    public Pace Pace { get; init; }

    /// <summary>How the trial ended that has just ended; null when none has.</summary>
    public TrialEnd? Ended { get; init; }

    /// <summary>The last trial that failed since the event before, and why; null when none has.</summary>
    public string? Failure { get; init; }

    /// <summary>The number of trials that this process runs.</summary>
    public int Running { get; init; }

    /// <summary>For how long the oldest of them runs.</summary>
    public TimeSpan? Oldest { get; init; }

    /// <summary>The step that it is in.</summary>
    public string? OldestStep { get; init; }

    /// <summary>The number of trials that run in other processes, when this one has nothing left but to wait for them; else 0.</summary>
    public int Elsewhere { get; init; }
}
