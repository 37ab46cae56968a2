using LogMl.Shared.Progress;
using LogMl.Shared.Wire;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace LogMl.Tasks;

/// <summary>Converts the output of the host to messages, warnings and errors of the build.</summary>
internal sealed class HostEventLog(TaskLoggingHelper log, IBuildEngine engine, IProgressRenderer progress, string projectFile)
{
    private const int TailLength = 20;

    private readonly Queue<string> _tail = new();

    /// <summary>The files and folders that the host has written.</summary>
    public List<string> Outputs { get; } = [];

    /// <summary>What a search has found; null when it has said nothing.</summary>
    public ITaskItem? Result { get; private set; }

    /// <summary>
    /// Whether the host has sent an error. A warning that the project makes an error does not count, because it is not the reason why the
    /// host ended.
    /// </summary>
    public bool HasErrors { get; private set; }

    /// <summary>The last lines that were no events. When the host crashes, one of them says why.</summary>
    public string Tail => string.Join("\n", _tail);

    /// <summary>Processes one line of the host's output.</summary>
    public void Write(string line)
    {
        if (EventLine.TryParse(line, out var written))
        {
            Write(written);
            return;
        }

        // The line is never parsed: output of user code must not become an error of the build only because it looks like one.
        Diagnostics.Detail(log, line);
        if (_tail.Count == TailLength)
        {
            _tail.Dequeue();
        }

        _tail.Enqueue(line);
    }

    private void Write(EventLine line)
    {
        switch (HostEvent.Of(line))
        {
            case HostEvent.Ready:
                break;
            case HostEvent.Progress told:
                progress.Show(new TrialProgress(told));
                break;
            case HostEvent.Started told:
                var trials = told.Evaluations == 1 ? "trial" : "trials";
                engine.LogMessageEvent(LoggerRow.Line(
                    FormattableString.Invariant($"{told.Study}: {told.Evaluations} {trials}, {told.Algorithm}, seed {told.Seed}")));
                break;
            case HostEvent.Message { Importance: EventImportance.High } told:
                engine.LogMessageEvent(LoggerRow.Line(told.Text));
                break;
            case HostEvent.Message told:
                var importance = told.Importance == EventImportance.Normal ? MessageImportance.Normal : MessageImportance.Low;
                Diagnostics.Detail(log, told.Text, importance);
                break;
            case HostEvent.Summary told:
                engine.LogMessageEvent(LoggerRow.Line(told.Text));
                break;
            case HostEvent.Chart told:
                progress.Draw(told.Text);
                break;
            case HostEvent.Output told:
                Outputs.Add(told.Path);
                Diagnostics.Detail(log, "Written: " + told.Path);
                break;
            case HostEvent.Result told:
                Result = ResultItem.Of(told);
                break;
            case HostEvent.Warning told:
                Diagnostics.Warning(log, told.Code, PlaceOf(told.File), told.Line, told.Column, told.Text);
                progress.Warn(told.Code, told.Text);
                break;
            case HostEvent.Error told:
                HasErrors = true;
                Diagnostics.Error(log, told.Code, PlaceOf(told.File), told.Line, told.Column, told.Text);
                break;
            default:
                Diagnostics.Detail(log, "An event of the host that this task does not know: " + line.Kind);
                break;
        }
    }

    private string PlaceOf(string file) => file.Length == 0 ? projectFile : file;
}
