using System.Diagnostics;
using LogMl.Shared;
using LogMl.Shared.Progress;
using LogMl.Shared.Wire;

namespace LogMl.Tool.Workers;

/// <summary>Turns the events of a host into the lines of a log: a scheduler keeps them in a file.</summary>
internal sealed class EventLines
{
    private readonly ToolConsole _console;
    private readonly ProgressLines _progress;
    private readonly Lock _lock = new();

    /// <param name="console">Gets the lines.</param>
    public EventLines(ToolConsole console)
    {
        var elapsed = Stopwatch.StartNew();
        _console = console;
        _progress = new ProgressLines(() => elapsed.Elapsed);
    }

    /// <summary>Whether the host has told of an error.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Shows a line of the host's output; null is its end.</summary>
    public void Write(string? line)
    {
        lock (_lock)
        {
            if (line is not null)
            {
                Show(line);
            }
        }
    }

    private void Show(string line)
    {
        if (!EventLine.TryParse(line, out var written))
        {
            // Output of the runtime, as when it cannot start the host.
            _console.Error.WriteLine(VisibleText.Of(line));
            return;
        }

        switch (HostEvent.Of(written))
        {
            case HostEvent.Progress told:
                if (_progress.Next(new TrialProgress(told)) is { } due)
                {
                    _console.Say(due);
                }

                break;
            case HostEvent.Started told:
                var trials = told.Evaluations == 1 ? "trial" : "trials";
                _console.Say(FormattableString.Invariant(
                    $"{told.Study}: {told.Evaluations} {trials}, {told.Algorithm}, seed {told.Seed}"));
                break;
            case HostEvent.Message { Importance: EventImportance.High } told:
                _console.Say(told.Text);
                break;
            case HostEvent.Summary told:
                _console.Say(told.Text);
                break;
            case HostEvent.Warning told:
                Complain("warning", told.Code, told.File, told.Line, told.Text);
                break;
            case HostEvent.Error told:
                HasErrors = true;
                Complain("error", told.Code, told.File, told.Line, told.Text);
                break;
        }
    }

    private void Complain(string word, string code, string file, int line, string text)
    {
        var place = file.Length == 0 ? "" : FormattableString.Invariant($"{file}({line}): ");
        _console.Error.WriteLine(VisibleText.Of($"{place}{word} {code}: {text}"));
    }
}
