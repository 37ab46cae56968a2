using System.Globalization;
using LogMl.Host.Manifests;
using LogMl.Host.Workers;
using LogMl.Optimization;
using SearchEnd = LogMl.Optimization.StopReason;

namespace LogMl.Host.Search;

/// <summary>The last lines of a search.</summary>
internal static class SearchSummary
{
    private const int WrapAt = 78;
    private const string Indent = "     ";

    public static IEnumerable<string> Lines(
        Manifest manifest, Study study, SearchRecord record, TrialOutcome.Completed? final, string early, TimeSpan elapsed)
    {
        if (study.BestTrial is { } best)
        {
            yield return $"{manifest.Name}: best loss {Figure(best.Loss!.Value)} at trial {best.Number}";
            foreach (var line in Wrap(manifest.Space.Where(p => best.Values.ContainsKey(p.Name)).Select(p => $"{p.Name} = {Value(p, best.Values[p.Name])}")))
            {
                yield return line;
            }
        }

        if (final is not null && final.Scores.TryGetValue("test", out var test))
        {
            yield return $"{Indent}test: {string.Join(", ", test.Select(figure => $"{figure.Key} {Figure(figure.Value)}"))}";
        }

        var pruned = record.Pruned == 0 ? "" : $", {record.Pruned} of them pruned";
        var failed = record.Failed == 0 ? "" : $", {record.Failed} of them failed";
        yield return string.Create(CultureInfo.InvariantCulture, $"{Indent}{record.Finished} trials in {Duration(elapsed)}{pruned}{failed}{early}");
    }

    /// <summary>Why the search ended before all trials, for the end of the last line; empty when it did not.</summary>
    public static string Early(StopReason reason, SearchEnd? end) => (reason, end) switch
    {
        (StopReason.Cancelled, _) => ", then it was cancelled",
        (StopReason.Timeout, _) => ", then the time was over",
        (_, SearchEnd.LossThreshold) => ", then the loss was good enough",
        (_, SearchEnd.NoImprovement) => ", then it no longer improved",
        (_, SearchEnd.Regret) => ", then little was left to gain",
        (_, SearchEnd.Exhausted) => ", then all points had been tried",
        _ => "",
    };

    private static IEnumerable<string> Wrap(IEnumerable<string> items)
    {
        var line = "";
        foreach (var item in items)
        {
            if (line.Length > 0 && Indent.Length + line.Length + 2 + item.Length > WrapAt)
            {
                yield return Indent + line + ",";
                line = "";
            }

            line += line.Length == 0 ? item : ", " + item;
        }

        yield return Indent + line;
    }

    private static string Value(SpaceParameter parameter, double value) =>
        parameter.Options.Count > 0 || parameter.IsInteger ? parameter.Text(value) : Figure(value);

    private static string Figure(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? time.ToString(@"d'.'hh\:mm\:ss", CultureInfo.InvariantCulture)
        : time.TotalMinutes >= 1
            ? time.ToString(@"m\:ss' min'", CultureInfo.InvariantCulture)
            : time.TotalSeconds.ToString("0.0' s'", CultureInfo.InvariantCulture);
}
