using System.Globalization;

namespace LogMl.Tasks;

/// <summary>How far the search is, as the event <c>progress</c> of the host tells it (docs/architecture.md, seam 4), and the two texts that show it.</summary>
internal sealed class TrialProgress
{
    /// <summary>
    /// The terminal logger leaves its row blank when it is wider than the terminal. This much, with the count before it, leaves room for its own
    /// part in 80 columns.
    /// </summary>
    public const int CountAndRowWidth = 57;

    private const int FieldCount = 14;

    /// <summary>A trial that runs for less is no news.</summary>
    private const double ShownAge = 1;

    private readonly string _total;
    private readonly double? _bestLoss;
    private readonly double? _trialsPerSecond;
    private readonly double? _etaSeconds;
    private readonly string _failed;
    private readonly string _pruned;
    private readonly string _running;
    private readonly double? _oldestSeconds;
    private readonly string _oldestStep;
    private readonly string _elsewhere;

    private TrialProgress(IReadOnlyList<string> fields)
    {
        Finished = fields[0];
        _total = fields[1];
        _bestLoss = Number(fields[2]);
        BestTrial = fields[3];
        _trialsPerSecond = Number(fields[4]);
        _etaSeconds = Number(fields[5]);
        HasFailed = fields[6] == "failed";
        _failed = fields[7];
        _pruned = fields[8];
        _running = fields[9];
        _oldestSeconds = Number(fields[10]);
        _oldestStep = fields[11];
        _elsewhere = fields[12];
        Failure = fields[13];
    }

    /// <summary>The number of finished trials.</summary>
    public string Finished { get; }

    /// <summary>The number of the best trial, or empty.</summary>
    public string BestTrial { get; }

    /// <summary>Whether the trial that has just finished failed.</summary>
    public bool HasFailed { get; }

    /// <summary>What failed last, and why: number and reason; empty when nothing failed since the event before.</summary>
    public string Failure { get; }

    /// <summary>Whether all trials are finished.</summary>
    public bool IsLast => Finished == _total;

    /// <summary>Such as <c>37/100</c>.</summary>
    public string Count => Finished + "/" + _total;

    /// <summary>
    /// For loggers that print lines, such as
    /// <c>[ 37/100]  best 0.0713 (trial 31)  2 failed, 5 pruned  2 running, the oldest for 1:15 in model_train  3.2 trials/s  eta 0:20</c>.
    /// </summary>
    public string Line => LineWith("");

    /// <summary>
    /// Such as <c>best 0.0713 2 failed 5 pruned 2 run 1:15 eta 0:20</c>. Of what does not fit, the least important is left out.
    /// </summary>
    public string Row
    {
        get
        {
            var width = CountAndRowWidth - Count.Length - 1;
            var best = _bestLoss is { } loss ? "best " + Figure(loss) : "no result yet";
            var bestTrial = _bestLoss is null ? "" : "#" + BestTrial;
            string failed = Counted(_failed, " failed"), pruned = Counted(_pruned, " pruned");
            var runs = Join(" ", Counted(_running, " run"), Age, Counted(_elsewhere, " elsewhere"));
            var step = Age.Length > 0 && _oldestStep.Length > 0 ? "in " + _oldestStep : "";
            string[] candidates =
            [
                Join(" ", best, bestTrial, failed, pruned, runs, step, Eta, Rate("/")),
                Join(" ", best, bestTrial, failed, pruned, runs, step, Eta),
                Join(" ", best, bestTrial, failed, pruned, runs, Eta),
                Join(" ", best, failed, pruned, runs, Eta),
                Join(" ", best, failed, runs, Eta),
                Join(" ", best, failed, runs),
                Join(" ", best, runs),
                best,
            ];
            return Array.Find(candidates, text => text.Length <= width) ?? "";
        }
    }

    private string Eta => _etaSeconds is { } seconds ? "eta " + Duration(seconds) : "";

    private string Age => _oldestSeconds is >= ShownAge and { } seconds ? Duration(seconds) : "";

    /// <summary>Reads the fields of the event; null when there are too few.</summary>
    public static TrialProgress? Read(IReadOnlyList<string> fields) => fields.Count < FieldCount ? null : new TrialProgress(fields);

    /// <summary><see cref="Line"/> with what failed at its end.</summary>
    public string LineWith(string failure)
    {
        var best = _bestLoss is { } loss ? "best " + Figure(loss) + " (trial " + BestTrial + ")" : "no result yet";
        var age = Age.Length > 0 ? "the oldest for " + Age + (_oldestStep.Length > 0 ? " in " + _oldestStep : "") : "";
        var runs = Join(", ", Counted(_running, " running"), age, Counted(_elsewhere, " running elsewhere"));
        return "[" + Finished.PadLeft(_total.Length) + "/" + _total + "]  "
            + Join("  ", best, Join(", ", Counted(_failed, " failed"), Counted(_pruned, " pruned")), runs, Rate(" trials/"), Eta, failure);
    }

    private static string Counted(string count, string what) => count == "0" ? "" : count + what;

    private static string Figure(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>Slow trials are counted by the minute or hour, so that the figure stays readable.</summary>
    private string Rate(string per)
    {
        if (_trialsPerSecond is not (> 0 and { } perSecond))
        {
            return "";
        }

        var (rate, unit) = perSecond >= 0.1 ? (perSecond, "s") : perSecond >= 0.1 / 60 ? (perSecond * 60, "min") : (perSecond * 3600, "h");
        return rate.ToString(rate < 100 ? "0.0" : "0", CultureInfo.InvariantCulture) + per + unit;
    }

    private static string Duration(double seconds)
    {
        // More than TimeSpan can hold is nothing that anybody will wait for.
        var time = TimeSpan.FromSeconds(Math.Min(Math.Max(seconds, 0), 1e9));
        return time.TotalHours < 1
            ? time.ToString(@"m\:ss", CultureInfo.InvariantCulture)
            : time.TotalDays < 1
                ? time.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
                : time.ToString(@"d'd 'hh'h'", CultureInfo.InvariantCulture);
    }

    private static double? Number(string field) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && !double.IsNaN(value) ? value : null;

    private static string Join(string separator, params string[] parts) => string.Join(separator, parts.Where(part => part.Length > 0));
}
