using System.Diagnostics;
using System.Text.Json;
using LogMl.Host.Results;
using LogMl.Shared.Wire;

namespace LogMl.Host.Workers;

/// <summary>
/// A run of a trial, or of one of its folds, in a worker: what is asked, its limits, and who learns what the worker says.
/// </summary>
/// <param name="Request">What the worker is asked.</param>
/// <param name="Folder">The folder for its output.</param>
internal sealed record TrialRun(HostMessage.Trial Request, TrialFolder Folder)
{
    private readonly long _made = Stopwatch.GetTimestamp();

    /// <summary>The limits.</summary>
    public TrialLimits Limits { get; init; }

    /// <summary>The time that counts for the limit of time; by default that since this object was made.</summary>
    public Func<TimeSpan>? Elapsed { get; init; }

    /// <summary>How many times faster than the clock <see cref="Elapsed"/> may go at most.</summary>
    public int Speed { get; init; } = 1;

    /// <summary>Ends the run, whose outcome is of no use any more. The worker runs the next one.</summary>
    public CancellationToken Abandon { get; init; }

    /// <summary>
    /// Receives the intermediate values with their steps. Returns whether to end the trial. By default they are only written down.
    /// </summary>
    public Func<int, double, bool>? OnReport { get; init; }

    /// <summary>Receives the number of folds; null when it is not needed.</summary>
    public Action<int>? OnSplit { get; init; }

    /// <summary>Receives what is doubtful about the folds; null when that is not needed.</summary>
    public Action<string>? OnWarning { get; init; }

    /// <summary>Receives the steps of the workflow when they start; null when they are not needed.</summary>
    public Action<string>? OnStep { get; init; }

    /// <summary>Receives the name and value of each user attribute; null when they are not needed.</summary>
    public Action<string, JsonElement>? OnAttribute { get; init; }

    /// <summary>
    /// Whether a result can be used. That of a run whose result cannot be used has the end of what it printed. By default each can.
    /// </summary>
    public Func<TrialOutcome.Completed, bool>? IsUsable { get; init; }

    /// <summary>Whether something may end it early.</summary>
    public bool NeedsWatch => Limits != default || Abandon.CanBeCanceled;

    /// <summary>The time that counts so far.</summary>
    public TimeSpan TimeTaken => Elapsed?.Invoke() ?? Stopwatch.GetElapsedTime(_made);

    /// <summary>Passes an intermediate value on. Returns whether to end the trial.</summary>
    public bool Report(int step, double value)
    {
        if (OnReport is not null)
        {
            return OnReport(step, value);
        }

        Folder.Report(step, value);
        return false;
    }
}
