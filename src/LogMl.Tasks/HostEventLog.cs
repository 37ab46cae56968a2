using System.Globalization;
using LogMl.Shared;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace LogMl.Tasks;

/// <summary>Turns what the host writes into messages, warnings and errors of the build.</summary>
internal sealed class HostEventLog(TaskLoggingHelper log, IBuildEngine engine, IProgressRenderer progress, string projectFile)
{
    private const int TailLength = 20;

    private readonly Queue<string> _tail = new();

    /// <summary>The files and folders that the host has written.</summary>
    public List<string> Outputs { get; } = [];

    /// <summary>Whether the host has said what is wrong. A warning that the project makes an error does not count: it is not why the host ended.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>The last lines that were no events: when the host crashes, one of them says why.</summary>
    public string Tail => string.Join("\n", _tail);

    /// <summary>Takes one line of the host's output.</summary>
    public void Write(string line)
    {
        if (HostEvent.TryParse(line, out var hostEvent) && hostEvent is not null)
        {
            Write(hostEvent);
            return;
        }

        // Never parsed: what user code prints must not become an error of the build only because it looks like one.
        Diagnostics.Detail(log, line);
        if (_tail.Count == TailLength)
        {
            _tail.Dequeue();
        }

        _tail.Enqueue(line);
    }

    private void Write(HostEvent hostEvent)
    {
        var fields = hostEvent.Fields;
        switch (hostEvent.Kind)
        {
            case HostEventKinds.Progress when TrialProgress.Read(fields) is { } read:
                progress.Show(read);
                break;
            case HostEventKinds.Started when fields.Length >= 5:
                engine.LogMessageEvent(LoggerRow.Line($"{fields[0]}: {fields[1]} {(fields[1] == "1" ? "trial" : "trials")}, {fields[2]}, seed {fields[3]}"));
                break;
            case HostEventKinds.Message when fields.Length >= 2:
                WriteMessage(fields[0], fields[1]);
                break;
            case HostEventKinds.Summary when fields.Length >= 1:
                engine.LogMessageEvent(LoggerRow.Line(fields[0]));
                break;
            case HostEventKinds.Output when fields.Length >= 1:
                Outputs.Add(fields[0]);
                Diagnostics.Detail(log, "Written: " + fields[0]);
                break;
            case HostEventKinds.Warning when fields.Length >= 5:
                Diagnostics.Warning(log, fields[0], PlaceOf(fields[1]), Count(fields[2]), Count(fields[3]), fields[4]);
                progress.Warn(fields[0], fields[4]);
                break;
            case HostEventKinds.Error when fields.Length >= 5:
                HasErrors = true;
                Diagnostics.Error(log, fields[0], PlaceOf(fields[1]), Count(fields[2]), Count(fields[3]), fields[4]);
                break;
            default:
                Diagnostics.Detail(log, "An event of the host that this task does not know: " + hostEvent.Kind);
                break;
        }
    }

    private void WriteMessage(string importance, string text)
    {
        if (importance == "high")
        {
            engine.LogMessageEvent(LoggerRow.Line(text));
        }
        else
        {
            Diagnostics.Detail(log, text, importance == "normal" ? MessageImportance.Normal : MessageImportance.Low);
        }
    }

    private string PlaceOf(string file) => file.Length == 0 ? projectFile : file;

    private static int Count(string field) => int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
