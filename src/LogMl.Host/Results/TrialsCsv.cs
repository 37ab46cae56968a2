using System.Globalization;
using System.Text;
using System.Text.Json;
using LogMl.Host.Manifests;
using LogMl.Shared;
using LogMl.Shared.Wire;

namespace LogMl.Host.Results;

/// <summary>
/// trials.csv: a row for each trial (RFC 4180, UTF-8), in the order in which trials end. A row is in the file before the next trial is
/// asked for.
/// </summary>
internal sealed class TrialsCsv : IDisposable
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const string Complete = "complete";

    /// <summary>The prefix of the columns of user attributes, as in Optuna's <c>trials_dataframe</c>.</summary>
    private const string AttributePrefix = "user_attrs_";
    private const string Pruned = "pruned";

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
        ? [.. CsvText.ReadStarts(path, count: 2).Where(start => start[1] is Complete or Pruned)
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
        var row = Encoding.UTF8.GetBytes(Row(trial));
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

        AtomicFile.Write(_path, Header() + string.Concat(trials.Select(Row)));
        OpenForAppending();
    }

    /// <summary>Writes some trials to another file with the same columns.</summary>
    public void WriteRows(string path, IEnumerable<FinishedTrial> trials) =>
        AtomicFile.Write(path, Header() + string.Concat(trials.Select(Row)));

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
        var attributes = NamesAfter(AttributePrefix, columns);
        foreach (var name in attributes)
        {
            _attributes[name] = true;
        }

        _metrics = metrics.Length > 0 || hasComplete ? metrics : null;
        // Where the column name is escaped, only the store has the original name.
        if (_metrics is null || metrics.Concat(attributes).Any(name => name.Contains('\\', StringComparison.Ordinal))
            || header + "\n" != Header()
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

    private string Header() =>
        CsvText.Row(
        [
            "number", "state", "loss", .. (string[])(_hasConstraints ? ["feasible"] : []), "seconds", "started", "finished", "step",
            "message",
            .. _space.Select(parameter => CsvText.Cell(parameter.Name)),
            .. (_metrics ?? []).Select(name => CsvText.Cell(StoredNames.MetricPrefix + name)),
            .. _attributes.Keys.Select(name => CsvText.Cell(AttributePrefix + name)),
        ]);

    private string Row(FinishedTrial trial) => CsvText.Row(
    [
        trial.Number.ToString(CultureInfo.InvariantCulture),
        trial.End switch { TrialEnd.Complete => Complete, TrialEnd.Failed => "failed", TrialEnd.Pruned => Pruned, _ => "repeated" },
        trial.Loss is { } loss ? Number(loss) : "",
        .. (string[])(_hasConstraints ? [trial.IsFeasible switch { true => "true", false => "false", null => "" }] : []),
        trial.Elapsed.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture),
        Time(trial.Started),
        Time(trial.Ended),
        CsvText.Cell(trial.Failure?.Step ?? ""),
        trial.Failure is { } failure ? CsvText.Cell((failure with { Step = null }).Summary) : "",
        .. _space.Select(parameter => trial.Values.TryGetValue(parameter.Name, out var value) ? Value(parameter, value) : ""),
        .. (_metrics ?? []).Select(name => trial.Metrics.TryGetValue(name, out var value) ? Number(value) : ""),
        .. _attributes.Keys.Select(name => trial.UserAttributes.TryGetValue(name, out var value) ? Value(value) : ""),
    ]);

    private static string Value(SpaceParameter parameter, double value) =>
        parameter.IsText(value) ? CsvText.Cell(parameter.Text(value)) : CsvText.Literal(parameter.Text(value));

    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => CsvText.Cell(value.GetString()!),
        JsonValueKind.Null => "",
        _ => CsvText.Literal(value.GetRawText()),
    };

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.ToString(TimeFormat, CultureInfo.InvariantCulture);
}
