using LogMl.Shared;

namespace LogMl.Host.Telemetry;

/// <summary>Says once that telemetry is not exported. Any thread may use it.</summary>
internal sealed class ExportWarning(HostEvents events)
{
    private const int LongestReason = 300;

    private int _isShown;

    /// <summary>Shows the warning, unless an earlier one has been shown.</summary>
    /// <param name="reason">Why, without a full stop at its end.</param>
    public void Show(string reason)
    {
        if (Interlocked.Exchange(ref _isShown, 1) == 0)
        {
            var line = ShortText.Of(reason.ReplaceLineEndings(" ").TrimEnd('.', ' '), LongestReason);
            events.Warning(
                HostErrors.TelemetryNotExported, SourcePlace.Unknown,
                $"Telemetry is not exported, or not all of it: {line}. The search is not affected.");
        }
    }
}
