using System.Globalization;

namespace LogMl.Tasks;

/// <summary>How far the search is, as the event <c>progress</c> of the host tells it, and the two texts that show it.</summary>
internal sealed class TrialProgress
{
    /// <summary>The terminal logger leaves its row blank when a text is wider than the terminal; this much fits a narrow one.</summary>
    public const int RowWidth = 40;

    private readonly string _finished;
    private readonly string _total;
    private readonly double? _bestLoss;
    private readonly string _bestTrial;
    private readonly double? _trialsPerSecond;
    private readonly double? _etaSeconds;
    private readonly string _state;

    private TrialProgress(IReadOnlyList<string> fields)
    {
        _finished = fields[0];
        _total = fields[1];
        _bestLoss = Number(fields[2]);
        _bestTrial = fields[3];
        _trialsPerSecond = Number(fields[4]);
        _etaSeconds = Number(fields[5]);
        Failed = fields[6] == "failed";
        _state = fields[6] == "complete" ? "" : fields[6];
    }

    /// <summary>Whether the trial that has just finished failed.</summary>
    public bool Failed { get; }

    /// <summary>Such as <c>37/100</c>.</summary>
    public string Count => _finished + "/" + _total;

    /// <summary>Such as <c>[ 37/100]  best 0.0713 (trial 31)  3.2 trials/s  eta 00:20</c>, for loggers that print lines.</summary>
    public string Line =>
        "[" + _finished.PadLeft(_total.Length) + "/" + _total + "]  " + Join("  ", Best, Rate(" trials/"), Eta, _state);

    /// <summary>Such as <c>best 0.0713 (trial 31) 3.2/s eta 00:20</c>, at most <see cref="RowWidth"/> characters: what does not fit is left out.</summary>
    public string Row
    {
        get
        {
            string[] candidates = [Join(" ", Best, Rate("/"), Eta), Join(" ", Best, Eta), Best];
            return Array.Find(candidates, text => text.Length <= RowWidth) ?? Best.Substring(0, RowWidth);
        }
    }

    private string Best => _bestLoss is { } loss
        ? "best " + loss.ToString("G4", CultureInfo.InvariantCulture) + " (trial " + _bestTrial + ")"
        : "no result yet";

    private string Eta => _etaSeconds is { } seconds ? "eta " + Duration(seconds) : "";

    /// <summary>Reads the fields of the event; null when there are too few.</summary>
    public static TrialProgress? Read(IReadOnlyList<string> fields) => fields.Count < 7 ? null : new TrialProgress(fields);

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
            ? time.ToString(@"mm\:ss", CultureInfo.InvariantCulture)
            : time.TotalDays < 1
                ? time.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
                : time.ToString(@"d'd 'hh'h'", CultureInfo.InvariantCulture);
    }

    private static double? Number(string field) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && !double.IsNaN(value) ? value : null;

    private static string Join(string separator, params string[] parts) => string.Join(separator, parts.Where(part => part.Length > 0));
}
