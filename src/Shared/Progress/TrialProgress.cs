using System.Globalization;
using LogMl.Shared.Wire;

namespace LogMl.Shared.Progress;

/// <summary>
/// The progress of a search, from the event <c>progress</c> of the host (docs/architecture.md, seam 4), and the two texts that show it.
/// </summary>
/// <param name="progress">The event.</param>
internal sealed class TrialProgress(HostEvent.Progress progress)
{
    /// <summary>
    /// The greatest width of the row with the count before it. The terminal logger shows nothing when its row is wider than the terminal;
    /// this leaves room for its own part in 80 columns.
    /// </summary>
    public const int CountAndRowWidth = 57;

    /// <summary>The least age, in seconds, of a running trial that is shown.</summary>
    private const double ShownAge = 1;

    /// <summary>The number of finished trials.</summary>
    public int Finished => progress.Finished;

    /// <summary>The number of the best trial, or null.</summary>
    public int? BestTrial => progress.BestTrial;

    /// <summary>Whether the trial that has just ended failed.</summary>
    public bool HasFailed => progress.Ended is TrialEnd.Failed or TrialEnd.Repeated;

    /// <summary>The last failure with its trial and reason; null when nothing failed since the previous event.</summary>
    public string? Failure => progress.Failure;

    /// <summary>Whether all trials are finished.</summary>
    public bool IsLast => progress.Finished == progress.Total;

    /// <summary>Such as <c>37/100</c>.</summary>
    public string Count => Text(progress.Finished) + "/" + Text(progress.Total);

    /// <summary>
    /// For loggers that print lines, such as
    /// <c>[ 37/100]  best 0.0713 (trial 31)  2 failed, 5 pruned  2 running, the oldest for 1:15 in model_train  3.2 trials/s  eta 0:20</c>.
    /// </summary>
    public string Line => LineWith(null);

    /// <summary>
    /// The row, such as <c>best 0.0713 2 failed 5 pruned 2 run 1:15 eta 0:20</c>. When it does not fit, the least important parts are left
    /// out.
    /// </summary>
    public string Row
    {
        get
        {
            var width = CountAndRowWidth - Count.Length - 1;
            var (best, brief) = (Best(isNamed: true), Best(isNamed: false));
            var bestTrial = progress.BestLoss is null ? "" : "#" + BestTrialText;
            string failed = Counted(progress.Failed, " failed"), pruned = Counted(progress.Pruned, " pruned");
            var infeasible = Counted(progress.Infeasible, " infeasible");
            var runs = Join(" ", Counted(progress.Running, " run"), Age, Counted(progress.Elsewhere, " elsewhere"));
            var step = Age.Length > 0 && progress.OldestStep is { } current ? "in " + current : "";
            string[] candidates =
            [
                Join(" ", best, Others, Front, bestTrial, infeasible, failed, pruned, runs, step, Eta, Rate("/")),
                Join(" ", best, Others, Front, bestTrial, infeasible, failed, pruned, runs, step, Eta),
                Join(" ", best, Others, Front, bestTrial, infeasible, failed, pruned, runs, Eta),
                Join(" ", best, Others, Front, infeasible, failed, pruned, runs, Eta),
                Join(" ", best, Others, Front, failed, pruned, runs, Eta),
                Join(" ", best, Front, failed, pruned, runs, Eta),
                Join(" ", best, Front, failed, runs, Eta),
                Join(" ", best, Front, failed, runs),
                Join(" ", best, failed, runs),
                Join(" ", best, runs),
                best,
                Join(" ", brief, failed, runs),
                brief,
            ];
            return Array.Find(candidates, text => text.Length <= width) ?? "";
        }
    }

    private string BestTrialText => BestTrial is { } number ? Text(number) : "";

    private string Others => progress.Others ?? "";

    private string Front => progress is { Front: { } count, BestLoss: not null } ? "front of " + Text(count) : "";

    private string Eta => progress.SecondsLeft is { } seconds ? "eta " + Duration(seconds) : "";

    private string Age => progress.OldestSeconds is >= ShownAge and { } seconds ? Duration(seconds) : "";

    /// <summary><see cref="Line"/> with the failure at its end.</summary>
    public string LineWith(string? failure)
    {
        var trial = progress.BestLoss is null ? "" : "(" + Join(", ", "trial " + BestTrialText, Front) + ")";
        var best = Join(" ", Best(isNamed: true), Others, trial);
        var age = Age.Length > 0 ? "the oldest for " + Age + (progress.OldestStep is { } step ? " in " + step : "") : "";
        var runs = Join(", ", Counted(progress.Running, " running"), age, Counted(progress.Elsewhere, " running elsewhere"));
        var counts = Join(
            ", ", Counted(progress.Infeasible, " infeasible"), Counted(progress.Failed, " failed"), Counted(progress.Pruned, " pruned"));
        return "[" + Text(progress.Finished).PadLeft(Text(progress.Total).Length) + "/" + Text(progress.Total) + "]  "
            + Join("  ", best, counts, runs, Rate(" trials/"), Eta, failure ?? "");
    }

    /// <summary>The first objective in the best trial. The loss needs no name.</summary>
    private string Best(bool isNamed) => progress.BestLoss is { } value
        ? Join(" ", "best", isNamed ? progress.Objective ?? "" : "", ShortNumber.Of(value))
        : progress.Infeasible > 0 ? "no feasible trial yet" : "no result yet";

    private static string Counted(int count, string what) => count == 0 ? "" : Text(count) + what;

    /// <summary>The rate of trials. Slow trials are counted by the minute or hour, so that the number stays readable.</summary>
    private string Rate(string per)
    {
        if (progress.TrialsPerSecond is not (> 0 and { } perSecond))
        {
            return "";
        }

        var (rate, unit) = perSecond >= 0.1 ? (perSecond, "s") : perSecond >= 0.1 / 60 ? (perSecond * 60, "min") : (perSecond * 3600, "h");
        return rate.ToString(rate < 100 ? "0.0" : "0", CultureInfo.InvariantCulture) + per + unit;
    }

    private static string Duration(double seconds)
    {
        // TimeSpan cannot hold more, and nobody would wait that long.
        var time = TimeSpan.FromSeconds(Math.Min(Math.Max(seconds, 0), 1e9));
        return time.TotalHours < 1
            ? time.ToString(@"m\:ss", CultureInfo.InvariantCulture)
            : time.TotalDays < 1
                ? time.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
                : time.ToString(@"d'd 'hh'h'", CultureInfo.InvariantCulture);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Join(string separator, params string[] parts) => string.Join(separator, parts.Where(part => part.Length > 0));
}
