using LogMl.Storage;

namespace LogMl.Report.Model;

/// <summary>The intermediate values of all trials, one after the other.</summary>
/// <param name="Trial">The index of the trial that has reported a value.</param>
/// <param name="Step">The step or fold.</param>
/// <param name="Value">The value, with the digits that a plot can show.</param>
/// <param name="Every">1 when all values are there; n when each trial has each n-th one and its last.</param>
internal sealed record ReportColumns(int[] Trial, int[] Step, float[] Value, int Every)
{
    /// <summary>More values would make a page too large, and no plot would show them.</summary>
    private const int MaxValues = 150_000;

    public static ReportColumns Of(IReadOnlyList<TrialRecord> trials)
    {
        var total = trials.Sum(trial => (long)trial.Reports.Count);
        var every = (int)Math.Max(1, (total + MaxValues - 1) / MaxValues);
        var kept =
            (from pair in trials.Select((trial, i) => (trial.Reports, i))
             from n in Enumerable.Range(0, pair.Reports.Count)
             where n % every == 0 || n == pair.Reports.Count - 1
             select (pair.i, pair.Reports[n].Step, Value: (float)pair.Reports[n].Value)).ToArray();
        return new ReportColumns(
            [.. kept.Select(row => row.i)], [.. kept.Select(row => row.Step)], [.. kept.Select(row => row.Value)], every);
    }
}
