using System.Globalization;
using LogMl.Storage;

namespace LogMl.Report.Reading;

/// <summary>The running trials that take far longer than the others.</summary>
/// <param name="Limit">The limit in seconds; null while too few trials are complete to say.</param>
/// <param name="Trials">The numbers of the trials, with how many seconds each has run.</param>
internal sealed record Stragglers(double? Limit, IReadOnlyList<(int Number, double Seconds)> Trials)
{
    private const int LeastComplete = 10;
    private const double Share = 0.9;
    private const double Factor = 3;
    private const double LeastSeconds = 10;

    /// <summary>What counts as one, in a sentence.</summary>
    public static string Rule { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"A straggler has run for more than {Factor} times as long as {Share * 100:0} % of the complete trials took, and for more than "
        + $"{LeastSeconds} s. There is none before {LeastComplete} trials are complete.");

    /// <summary>No trial.</summary>
    public static Stragglers None { get; } = new(null, []);

    /// <summary>Finds them.</summary>
    /// <param name="running">The running trials. Those whose process is gone are none: nobody works on them.</param>
    /// <param name="complete">How many seconds each complete trial took.</param>
    public static Stragglers Of(IEnumerable<RunningRecord> running, IEnumerable<double> complete)
    {
        double[] sorted = [.. complete.Order()];
        if (sorted.Length < LeastComplete)
        {
            return None;
        }

        var limit = Math.Max(LeastSeconds, Factor * sorted[(int)Math.Ceiling(Share * sorted.Length) - 1]);
        return new Stragglers(
            limit,
            [
                .. running.Where(trial => !trial.IsGone && trial.Elapsed.TotalSeconds > limit)
                    .Select(trial => (trial.Number, trial.Elapsed.TotalSeconds)),
            ]);
    }
}
