using System.Globalization;
using System.Text;
using LogMl.Host.Manifests;
using LogMl.Shared;
using LogMl.Shared.Spaces;
using LogMl.Shared.Wire;

namespace LogMl.Host.Results;

/// <summary>
/// trials.csv: a row for each trial (RFC 4180, UTF-8), in the order in which trials end. A row is in the file before the next trial is
/// asked for.
/// </summary>
internal sealed class TrialsCsv : IDisposable
{
    private readonly string _path;
    private readonly IReadOnlyList<SpaceParameter> _space;
    private readonly bool _hasConstraints;

    /// <summary>The trials before the first complete one, which determines the columns of metrics.</summary>
    private readonly List<FinishedTrial> _beforeMetrics = [];

    /// <summary>The user attributes that have a column. A trial with another one needs a new header.</summary>
    private readonly OrderedDictionary<string, bool> _attributes = new(StringComparer.Ordinal);
    private FileStream? _file;
    private string[]? _metrics;

    /// <summary>The length of the file as this object has written it.</summary>
    private long _length;

    private TrialsCsv(string path, Manifest manifest)
    {
        _path = path;
        _space = manifest.Parameters;
        _hasConstraints = manifest.Goals.Constraints.Count > 0;
    }

    /// <summary>Continues the file when it has a row for each trial so far; else rewrites it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="manifest">
    /// The manifest. Each parameter has a column; with constraints there is one that says whether they are kept.
    /// </param>
    /// <param name="count">The number of trials that have ended so far.</param>
    /// <param name="hasComplete">Whether one of them is complete. Then the metrics are known.</param>
    /// <param name="all">Reads the trials, in the order in which they ended.</param>
    public static TrialsCsv Open(
        string path, Manifest manifest, int count, bool hasComplete, Func<IReadOnlyList<FinishedTrial>> all)
    {
        var csv = new TrialsCsv(path, manifest);
        if (count == 0 || !csv.TryContinue(count, hasComplete))
        {
            csv.Rewrite(count == 0 ? [] : all());
        }

        return csv;
    }

    /// <summary>The numbers of the trials that have a result in a file, complete or pruned; none when there is no file.</summary>
    public static HashSet<int> ReadFinished(string path) => FreshFile.IsRegularFile(path)
        ? [.. CsvText.ReadStarts(path, count: 2).Where(start => start[1] is TrialCsvRows.Complete or TrialCsvRows.Pruned)
            .Select(start => int.TryParse(start[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)]
        : [];

    /// <summary>
    /// Whether the file is as this object has left it: not deleted, replaced, shortened, or a link to another file. A trial or a user's
    /// mistake may have changed it; the store has all rows.
    /// </summary>
    public bool IsIntact =>
        new FileInfo(_path) is { Exists: true, LinkTarget: null } file && file.Length == _length && _file!.Length == _length;

    /// <summary>Whether each user attribute of a trial has a column. If not, the file must be rewritten for its row.</summary>
    public bool HasColumns(FinishedTrial trial) => trial.UserAttributes.Keys.All(_attributes.ContainsKey);

    public void Add(FinishedTrial trial)
    {
        if (_metrics is null && trial.End == TrialEnd.Complete && trial.Metrics.Count > 0)
        {
            Rewrite([.. _beforeMetrics, trial]);
            return;
        }

        LearnMetrics(trial);
        var row = Encoding.UTF8.GetBytes(Rows.Row(Row(trial)));
        _file!.Write(row);
        _length += row.Length;
    }

    /// <summary>Rewrites the whole file.</summary>
    public void Rewrite(IReadOnlyList<FinishedTrial> trials)
    {
        _file?.Dispose();
        _metrics = null;
        _beforeMetrics.Clear();
        _attributes.Clear();
        foreach (var trial in trials)
        {
            LearnMetrics(trial);
            foreach (var name in trial.UserAttributes.Keys)
            {
                _attributes[name] = true;
            }
        }

        AtomicFile.Write(_path, Text(trials));
        OpenForAppending();
    }

    /// <summary>Writes some trials to another file with the same columns.</summary>
    public void WriteRows(string path, IEnumerable<FinishedTrial> trials) =>
        AtomicFile.Write(path, Text(trials));

    public void Dispose() => _file?.Dispose();

    private void LearnMetrics(FinishedTrial trial)
    {
        if (_metrics is null && trial.End == TrialEnd.Complete)
        {
            _metrics = [.. trial.Metrics.Keys];
            _beforeMetrics.Clear();
        }
        else if (_metrics is null)
        {
            _beforeMetrics.Add(trial);
        }
    }

    private bool TryContinue(int count, bool hasComplete)
    {
        if (!FreshFile.IsRegularFile(_path))
        {
            return false;
        }

        string? header;
        using (var reader = new StreamReader(_path))
        {
            header = reader.ReadLine();
        }

        var columns = (header ?? "").Split(',');
        var metrics = NamesAfter(StoredNames.MetricPrefix, columns);
        var attributes = NamesAfter(TrialCsvRows.AttributePrefix, columns);
        foreach (var name in attributes)
        {
            _attributes[name] = true;
        }

        _metrics = metrics.Length > 0 || hasComplete ? metrics : null;
        // Where the column name is escaped, only the store has the original name.
        if (_metrics is null || metrics.Concat(attributes).Any(name => name.Contains('\\', StringComparison.Ordinal))
            || header + "\n" != Rows.Header
            || CsvText.CountRows(_path) != count + 1)
        {
            _attributes.Clear();
            return false;
        }

        OpenForAppending();
        return true;
    }

    private static string[] NamesAfter(string prefix, IEnumerable<string> columns) =>
        [.. columns.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..])];

    /// <summary>Opens the file for appending. Each row is one write, so that a process that is killed leaves complete rows only.</summary>
    private void OpenForAppending()
    {
        _file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        _length = _file.Length;
    }

    private string Text(IEnumerable<FinishedTrial> trials)
    {
        var rows = Rows;
        return rows.Header + string.Concat(trials.Select(trial => rows.Row(Row(trial))));
    }

    private TrialCsvRows Rows => new(_space, _hasConstraints, _metrics ?? [], [.. _attributes.Keys]);

    private static TrialCsvRow Row(FinishedTrial trial) => new()
    {
        Number = trial.Number,
        State = trial.State,
        Loss = trial.Loss,
        IsFeasible = trial.IsFeasible,
        Seconds = trial.Elapsed.TotalSeconds,
        Started = trial.Started,
        Ended = trial.Ended,
        Step = trial.Failure?.Step ?? "",
        Message = trial.Failure is { } failure ? (failure with { Step = null }).Summary : "",
        Values = trial.Values,
        Metrics = trial.Metrics,
        UserAttributes = trial.UserAttributes,
    };
}
