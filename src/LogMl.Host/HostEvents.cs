using System.Globalization;
using System.Text;
using LogMl.Host.Results;
using LogMl.Host.Search;
using LogMl.Shared;

namespace LogMl.Host;

/// <summary>Tells the MSBuild task what happens, a line each (docs/architecture.md, seam 4).</summary>
internal sealed class HostEvents(Stream output)
{
    private readonly Lock _writing = new();

    public void Started(string study, int evaluations, string algorithm, long seed, string folder) =>
        Send(HostEventKinds.Started, study, Text(evaluations), algorithm, Text(seed), folder);

    public void Progress(Progress progress) => Send(
        HostEventKinds.Progress, Text(progress.Finished), Text(progress.Total), Text(progress.Best?.Loss), progress.Best is { } best ? Text(best.Number) : "",
        Text(progress.Pace.TrialsPerSecond), Text(progress.Pace.Left?.TotalSeconds), progress.Ended is { } ended ? Text(ended) : "",
        Text(progress.Failed), Text(progress.Pruned), Text(progress.Running), Text(progress.Oldest?.TotalSeconds), progress.OldestStep ?? "",
        Text(progress.Elsewhere), progress.Failure ?? "");

    public void Message(string text) => Send(HostEventKinds.Message, "high", text);

    /// <summary>What few want to read: the binary log has it, and <c>-v:detailed</c> shows it.</summary>
    public void Detail(string text) => Send(HostEventKinds.Message, "low", text);

    public void Summary(string line) => Send(HostEventKinds.Summary, line);

    public void Output(string path) => Send(HostEventKinds.Output, path);

    public void Warning(string code, SourcePlace place, string text) => Send(HostEventKinds.Warning, code, place.File, Text(place.Line), "0", text);

    public void Error(HostException exception)
    {
        if (exception.Detail.Length > 0)
        {
            Detail(exception.Detail);
        }

        Send(HostEventKinds.Error, exception.Code, exception.Place.File, Text(exception.Place.Line), "0", exception.Message);
    }

    private void Send(string kind, params string[] fields)
    {
        var line = Encoding.UTF8.GetBytes(HostEvent.Format(kind, fields) + "\n");
        lock (_writing)
        {
            try
            {
                output.Write(line);
                output.Flush();
            }
            catch (IOException)
            {
                // The build is gone; BuildWatch ends the run.
            }
        }
    }

    private static string Text(TrialEnd end) => end switch { TrialEnd.Complete => "complete", TrialEnd.Pruned => "pruned", _ => "failed" };

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
