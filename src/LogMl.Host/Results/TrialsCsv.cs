using System.Globalization;
using System.Text;
using LogMl.Host.Manifests;

namespace LogMl.Host.Results;

/// <summary>trials.csv: a row for each trial (RFC 4180, UTF-8), in the order in which they end, in the file before the next trial is asked for.</summary>
internal sealed class TrialsCsv : IDisposable
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly string[] FixedColumns = ["number", "state", "loss", "seconds", "started", "finished", "step", "message"];

    private readonly string _path;
    private readonly IReadOnlyList<SpaceParameter> _space;

    /// <summary>The trials before the first complete one, which says what metrics there are.</summary>
    private readonly List<FinishedTrial> _beforeMetrics = [];
    private FileStream _file;
    private string[]? _metrics;

    public TrialsCsv(string path, IReadOnlyList<SpaceParameter> space)
    {
        _path = path;
        _space = space;
        _file = Open(FileMode.CreateNew);
        Write(Header([]));
    }

    public void Add(FinishedTrial trial)
    {
        if (_metrics is null && trial.End == TrialEnd.Complete)
        {
            _metrics = [.. trial.Metrics.Keys];
            if (_metrics.Length > 0)
            {
                StartAgain(_metrics);
            }

            _beforeMetrics.Clear();
        }
        else if (_metrics is null)
        {
            _beforeMetrics.Add(trial);
        }

        Write(Row(trial, _metrics ?? []));
    }

    public void Dispose() => _file.Dispose();

    /// <summary>With columns for the metrics.</summary>
    private void StartAgain(string[] metrics)
    {
        _file.Dispose();
        AtomicFile.Write(_path, Header(metrics) + string.Concat(_beforeMetrics.Select(trial => Row(trial, metrics))));
        _file = Open(FileMode.Append);
    }

    private FileStream Open(FileMode mode) => new(_path, mode, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    /// <summary>One write for a row: a process that is killed leaves whole rows only.</summary>
    private void Write(string row) => _file.Write(Encoding.UTF8.GetBytes(row));

    private string Header(string[] metrics) =>
        CsvText.Row([.. FixedColumns, .. _space.Select(parameter => parameter.Name), .. metrics.Select(name => "metrics." + name)]);

    private string Row(FinishedTrial trial, string[] metrics) => CsvText.Row(
    [
        trial.Number.ToString(CultureInfo.InvariantCulture),
        trial.End switch { TrialEnd.Complete => "complete", TrialEnd.Failed => "failed", TrialEnd.Pruned => "pruned", _ => "stopped" },
        trial.Loss is { } loss ? Number(loss) : "",
        trial.Elapsed.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture),
        Time(trial.Started),
        Time(trial.Started + trial.Elapsed),
        trial.Failure?.Step ?? "",
        trial.Failure is { } failure ? (failure with { Step = null }).Summary : "",
        .. _space.Select(parameter => trial.Values.TryGetValue(parameter.Name, out var value) ? parameter.Text(value) : ""),
        .. metrics.Select(name => trial.Metrics.TryGetValue(name, out var value) ? Number(value) : ""),
    ]);

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.ToString(TimeFormat, CultureInfo.InvariantCulture);
}
