using LogMl.Shared;

namespace LogMl;

/// <summary>The study as the step trial_finished sees it: as it was when the trial ended.</summary>
internal sealed class RunningStudy : IStudy
{
    private volatile string? _stopReason;

    public string Name { get; set; } = "";

    public string Directory { get; set; } = "";

    public int Finished { get; set; }

    public int Planned { get; set; }

    public BestTrial? Best { get; set; }

    /// <summary>Why the user's code has asked to end the search; null when it has not.</summary>
    public string? StopReason => _stopReason;

    public void Stop(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        _stopReason ??= BoundedText.Cut(OneLine.Of(reason), BoundedText.LongestMessage);
    }
}
