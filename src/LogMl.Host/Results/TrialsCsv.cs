using System.Globalization;
using System.Text;
using LogMl.Host.Manifests;

namespace LogMl.Host.Results;

/// <summary>trials.csv: a row for each finished trial (RFC 4180, UTF-8), on disk before the next trial is asked for.</summary>
internal sealed class TrialsCsv : IDisposable
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private readonly FileStream _file;
    private readonly IReadOnlyList<SpaceParameter> _space;

    public TrialsCsv(string path, IReadOnlyList<SpaceParameter> space)
    {
        _space = space;
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);
        Write(["number", "state", "loss", "seconds", "started", "finished", .. space.Select(parameter => parameter.Name), "metrics", "failed_step", "message"]);
    }

    public void Add(FinishedTrial trial)
    {
        Write(
        [
            trial.Number.ToString(CultureInfo.InvariantCulture),
            trial.Failure is null ? "complete" : "failed",
            trial.Failure is null ? Number(trial.Loss) : "",
            (trial.Finished - trial.Started).TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture),
            trial.Started.ToString(TimeFormat, CultureInfo.InvariantCulture),
            trial.Finished.ToString(TimeFormat, CultureInfo.InvariantCulture),
            .. _space.Select(parameter => trial.Values.TryGetValue(parameter.Name, out var value) ? parameter.Text(value) : ""),
            string.Join("; ", trial.Metrics.Select(metric => $"{metric.Key}={Number(metric.Value)}")),
            trial.Failure?.Step ?? "",
            trial.Failure is { } failure ? (failure with { Step = null }).Summary : "",
        ]);
    }

    public void Dispose() => _file.Dispose();

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private void Write(IEnumerable<string> fields)
    {
        // One write for a row: a process that is killed leaves whole rows only.
        _file.Write(Encoding.UTF8.GetBytes(string.Join(',', fields.Select(Quote)) + "\n"));
        _file.Flush();
    }

    private static string Quote(string field) =>
        field.AsSpan().IndexOfAny(",\"\r\n") >= 0 || field.StartsWith(' ') || field.EndsWith(' ')
            ? "\"" + field.Replace("\"", "\"\"", StringComparison.Ordinal) + "\""
            : field;
}
