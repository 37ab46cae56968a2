using System.Diagnostics;
using System.Globalization;
using System.Text;
using LogMl.Shared;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace LogMl.Tasks;

/// <summary>The host's process: its output, its end, and how it is cancelled.</summary>
public sealed partial class RunHyperOpt
{
    private const int InterruptedExitCode = 130;

    /// <summary>What the host gets to store its last trial and to end by itself.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(4);

    /// <summary>
    /// Ctrl-C reaches the host at once, and this task through the build, which takes longer in MSBuild's server: the host may have ended by then. So long the task waits for the
    /// word of the build before it says that somebody else has interrupted the host.
    /// </summary>
    private static readonly TimeSpan CancelDelay = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource<bool> _cancelled = new();
    private HostEventLog? _events;
    private RequestFile? _request;
    private Process? _host;

    /// <summary>The host's output is UTF-8 under every locale.</summary>
    protected override Encoding StandardOutputEncoding => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc />
    protected override Encoding StandardErrorEncoding => StandardOutputEncoding;

    private HostEventLog Events => _events ??= new HostEventLog(Log, BuildEngine, CreateRenderer(), ProjectFile);

    private bool IsSearch => Verb == SearchVerb;

    private bool IsCancelled => _cancelled.Task.IsCompleted;

    /// <summary>The host has ended well, and one of its warnings is an error because the project wants it so: then ToolTask makes the exit code -1.</summary>
    private bool HasOnlyWarnings => ExitCode == -1 && Log.HasLoggedErrors;

    /// <summary>What was begun, for the messages of its end.</summary>
    private string Subject => IsSearch ? "search" : Verb == CleanVerb ? "removal of the results" : "run";

    /// <summary>
    /// Asks the host to end and lets it: it stores what is finished and stops its workers. Ctrl-C in a terminal has reached it already, being of the same
    /// process group; other ways of cancelling a build have not. When it does not end in time, it is killed with all its children.
    /// </summary>
    public override void Cancel()
    {
        _cancelled.TrySetResult(true);
        Terminate.Politely(_host);
        _ = System.Threading.Tasks.Task.Delay(GracePeriod).ContinueWith(_ => base.Cancel(), TaskScheduler.Default);
    }

    /// <inheritdoc />
    public override bool Execute()
    {
        bool succeeded;
        try
        {
            succeeded = HandOver() && base.Execute();
        }
        finally
        {
            EndTurn();
        }

        Outputs = Events.Outputs.ConvertAll<ITaskItem>(path => new TaskItem(path)).ToArray();
        if (IsCancelled)
        {
            // Cancelling is not an error, and MSBuild shall not complain that none was logged.
            BuildEngine.LogMessageEvent(LoggerRow.Line($"The {Subject} was cancelled.{(IsSearch ? " Finished trials are kept, and the next call goes on." : "")}"));
            AllowFailureWithoutError();
            return false;
        }

        return succeeded && !Log.HasLoggedErrors;
    }

    /// <inheritdoc />
    protected override Process StartToolProcess(Process proc)
    {
        _host = base.StartToolProcess(proc);
        return _host;
    }

    /// <inheritdoc />
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        // Whatever it says, it has read the request before.
        EndTurn();
        Events.Write(singleLine);
    }

    /// <inheritdoc />
    protected override void LogToolCommand(string message) => Diagnostics.Detail(Log, message);

    /// <summary>The host has said what is wrong; only when it has not, the exit code speaks.</summary>
    protected override bool HandleTaskExecutionErrors()
    {
        if (IsCancelled || Events.HasErrors || HasOnlyWarnings || (ExitCode == InterruptedExitCode && _cancelled.Task.Wait(CancelDelay)))
        {
            return false;
        }

        if (ExitCode == InterruptedExitCode)
        {
            Diagnostics.Error(Log, Diagnostics.Interrupted, ProjectFile, 0, 0,
                $"The {Subject} was interrupted, but not through the build.{(IsSearch ? " Finished trials are kept." : "")}");
        }
        else
        {
            Diagnostics.Error(Log, Diagnostics.HostDied, ProjectFile, 0, 0,
                "The LogMl host ended unexpectedly with exit code " + ExitCode.ToString(CultureInfo.InvariantCulture) + Meaning() + "." + Words());
        }

        return false;
    }

    private bool HandOver()
    {
        try
        {
            _request = Tasks.RequestFile.Write(RequestFile, Request, () => IsCancelled);
            Diagnostics.Detail(Log, "The request: " + Request);
            return _request is not null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var message = $"The request to the host cannot be written: {exception.Message}";
            Diagnostics.Error(Log, Diagnostics.FileMissing, ProjectFile, 0, 0, message);
            return false;
        }
    }

    private void EndTurn() => Interlocked.Exchange(ref _request, null)?.Dispose();

    private IProgressRenderer CreateRenderer()
    {
        var started = Stopwatch.StartNew();
        return TerminalLogger == "1" ? new TerminalRow(BuildEngine, () => started.Elapsed) : new LogLines(BuildEngine, () => started.Elapsed);
    }

    private string Meaning() => ExitCodeName.Of(ExitCode) is { } name ? " (" + name + ")" : "";

    private string Words() => LastWords.Of(Events.Tail) is { } words ? " It said: " + words : "";

    private void AllowFailureWithoutError()
    {
        if (BuildEngine is IBuildEngine7 engine)
        {
            engine.AllowFailureWithoutError = true;
        }
    }
}
