using System.Globalization;
using LogMl.Shared;

namespace LogMl.Storage;

/// <summary>When a trial ran: what trials.csv, the report and the tool show.</summary>
/// <param name="Started">When it was started, in UTC; null while it waits.</param>
/// <param name="Seconds">
/// How many seconds it ran: the measured time, or that between the start and the end; null when it is not known.
/// </param>
/// <param name="Ended">When it ended, in UTC; null before.</param>
internal readonly record struct TrialTimes(DateTime? Started, double? Seconds, DateTime? Ended)
{
    /// <summary>What is longer, in seconds, is no time of a trial: any program may set an attribute of this name.</summary>
    private const double Longest = 1e9;

    /// <summary>The times of a trial.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="notes">Its attributes: JSON by name.</param>
    public static TrialTimes Of(TrialRecord trial, IReadOnlyDictionary<string, string> notes)
    {
        var seconds = notes.TryGetValue(TrialNoteNames.Seconds, out var json)
            && double.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out var measured)
            && measured is >= 0 and < Longest
            ? measured
            : (trial.Completed - trial.Started)?.TotalSeconds;

        // The database notes the end when the result is stored, which may wait for others.
        return new TrialTimes(trial.Started, seconds, trial.Completed is { } completed
            ? trial.Started is { } started && seconds is { } length ? started + TimeSpan.FromSeconds(length) : completed
            : null);
    }
}
