using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LogMl.Report.Model;

namespace LogMl.Report.Live;

/// <summary>Compares two models of a study, whose trials, parameters and texts have the same indices.</summary>
internal static class ModelComparison
{
    /// <summary>What has changed.</summary>
    /// <param name="before">The earlier model.</param>
    /// <param name="now">The present one.</param>
    /// <param name="version">The version of the present one.</param>
    /// <returns>The change; null when it cannot be said in rows, because the columns are others or trials are gone.</returns>
    public static ReportChange? Between(ReportModel before, ReportModel now, string version)
    {
        if (!HasSameColumns(before, now))
        {
            return null;
        }

        int[] rows = [.. ChangedRows(before.Trials, now.Trials)];
        return new ReportChange
        {
            Live = version,
            Study = now.Study,
            Trials = rows.Length == 0 ? null : new TrialRows(rows, RowsOf(now.Trials, rows)),
            Reports = Reports(before.Reports, now.Reports, now.Trials.Number.Length),
            Importances = Changed(before.Importances, now.Importances, ChangeJson.Default.Importances),
            Hypervolume = Changed(before.Hypervolume, now.Hypervolume, ChangeJson.Default.Hypervolume),
            Texts = [.. now.Texts.Skip(before.Texts.Count)],
        };
    }

    private static bool HasSameColumns(ReportModel before, ReportModel now) =>
        before.Trials.Number.Length <= now.Trials.Number.Length && before.Texts.Count <= now.Texts.Count
        && before.Trials.Number.AsSpan().SequenceEqual(now.Trials.Number.AsSpan(0, before.Trials.Number.Length))
        && before.Trials.Violation is null == now.Trials.Violation is null
        && before.Trials.LastReport is null == now.Trials.LastReport is null && before.Reports.Every == now.Reports.Every
        && before.Trials.Origin == now.Trials.Origin
        && before.Trials.Metrics.Select(metric => metric.Name).SequenceEqual(now.Trials.Metrics.Select(metric => metric.Name))
        && Changed(before.Parameters, now.Parameters, ChangeJson.Default.Parameters) is null
        && before.Study.Objectives.SequenceEqual(now.Study.Objectives);

    /// <summary>The present value, unless it is the earlier one.</summary>
    private static T? Changed<T>(T before, T now, JsonTypeInfo<T> type)
        where T : class => JsonSerializer.Serialize(before, type) == JsonSerializer.Serialize(now, type) ? null : now;

    private static IEnumerable<int> ChangedRows(TrialColumns before, TrialColumns now)
    {
        double?[][] numbersBefore = [.. Numbers(before)];
        double?[][] numbersNow = [.. Numbers(now)];
        int[][] textsBefore = [.. Texts(before)];
        int[][] textsNow = [.. Texts(now)];
        for (var i = 0; i < now.Number.Length; i++)
        {
            if (i >= before.Number.Length || before.State[i] != now.State[i] || Differs(numbersBefore, numbersNow, i)
                || Differs(textsBefore, textsNow, i))
            {
                yield return i;
            }
        }
    }

    private static bool Differs<T>(T[][] before, T[][] now, int row)
    {
        for (var column = 0; column < now.Length; column++)
        {
            if (!EqualityComparer<T>.Default.Equals(before[column][row], now[column][row]))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<double?[]> Numbers(TrialColumns trials) =>
    [
        trials.Start, trials.Seconds, .. trials.Objectives, .. Present(trials.LastReport), .. Present(trials.Violation), .. trials.Values,
        .. trials.Metrics.Select(metric => metric.Values),
    ];

    private static double?[][] Present(double?[]? column) => column is null ? [] : [column];

    private static IEnumerable<int[]> Texts(TrialColumns trials) =>
        [trials.Host, trials.Worker, trials.Reason, trials.Step, trials.Stack, trials.Log, trials.Attributes];

    private static TrialColumns RowsOf(TrialColumns trials, int[] rows)
    {
        return new TrialColumns
        {
            Number = Of(trials.Number),
            State = string.Concat(rows.Select(row => trials.State[row])),
            Origin = trials.Origin,
            Start = Of(trials.Start),
            Seconds = Of(trials.Seconds),
            Objectives = [.. trials.Objectives.Select(Of)],
            LastReport = trials.LastReport is { } last ? Of(last) : null,
            Violation = trials.Violation is { } violation ? Of(violation) : null,
            Values = [.. trials.Values.Select(Of)],
            Metrics = [.. trials.Metrics.Select(metric => metric with { Values = Of(metric.Values) })],
            Host = Of(trials.Host),
            Worker = Of(trials.Worker),
            Reason = Of(trials.Reason),
            Step = Of(trials.Step),
            Stack = Of(trials.Stack),
            Log = Of(trials.Log),
            Attributes = Of(trials.Attributes),
        };

        T[] Of<T>(T[] column) => Array.ConvertAll(rows, row => column[row]);
    }

    private static ReportRows? Reports(ReportColumns before, ReportColumns now, int trials)
    {
        var rowsBefore = Ranges(before, trials);
        var rowsNow = Ranges(now, trials);
        int[] changed = [.. Enumerable.Range(0, trials).Where(i => !IsSame(before, rowsBefore[i], now, rowsNow[i]))];
        int[] kept = [.. changed.SelectMany(i => Enumerable.Range(rowsNow[i].First, rowsNow[i].Count))];
        return changed.Length == 0 ? null : new ReportRows(changed, new ReportColumns(
            Array.ConvertAll(kept, k => now.Trial[k]), Array.ConvertAll(kept, k => now.Step[k]), Array.ConvertAll(kept, k => now.Value[k]),
            now.Every));
    }

    /// <summary>Where the values of each trial are: they stand one after the other.</summary>
    private static (int First, int Count)[] Ranges(ReportColumns reports, int trials)
    {
        var ranges = new (int First, int Count)[trials];
        for (var k = 0; k < reports.Trial.Length; k++)
        {
            ref var range = ref ranges[reports.Trial[k]];
            range = range.Count == 0 ? (k, 1) : (range.First, range.Count + 1);
        }

        return ranges;
    }

    private static bool IsSame(ReportColumns before, (int First, int Count) rowBefore, ReportColumns now, (int First, int Count) row) =>
        rowBefore.Count == row.Count
        && before.Step.AsSpan(rowBefore.First, row.Count).SequenceEqual(now.Step.AsSpan(row.First, row.Count))
        && before.Value.AsSpan(rowBefore.First, row.Count).SequenceEqual(now.Value.AsSpan(row.First, row.Count));
}
