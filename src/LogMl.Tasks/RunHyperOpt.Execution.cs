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

    /// <summary>The time that the host has to store its last trial and to end by itself.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(4);

    /// <summary>
    /// Ctrl-C reaches the host at once. It reaches this task through the build, which takes longer in MSBuild's server, and the host may
    /// have ended by then. The task waits this long for the cancellation from the build before it reports that the host was interrupted
    /// from outside.
    /// </summary>
    private static readonly TimeSpan CancelDelay = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource<bool> _cancelled = new();
    private HostEventLog? _events;
    private RequestTurn? _turn;
    private Process? _host;

    /// <summary>The host's output is UTF-8 under every locale.</summary>
    protected override Encoding StandardOutputEncoding => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc />
    protected override Encoding StandardErrorEncoding => StandardOutputEncoding;

    private HostEventLog Events => _events ??= new HostEventLog(Log, BuildEngine, CreateRenderer(), ProjectFile);

    private bool IsSearch => Verb == SearchVerb;

    private bool IsCancelled => _cancelled.Task.IsCompleted;

    /// <summary>
    /// Whether the host has succeeded, but the project makes one of its warnings an error. ToolTask sets the exit code to -1 then.
    /// </summary>
    private bool HasOnlyWarnings => ExitCode == -1 && Log.HasLoggedErrors;

    /// <summary>The name of the operation, for messages about its end.</summary>
    private string Subject => Verb switch
    {
        SearchVerb => "search",
        CleanVerb => "removal of the results",
        ApplyVerb => "change of the configuration file",
        BaselineVerb => "writing of the baseline",
        ReportVerb => "report",
        PackVerb => "packing of the bundle",
        _ => "run",
    };

    /// <summary>
    /// Asks the host to end, and waits while it stores finished trials and stops its workers. Ctrl-C in a terminal has reached the host
    /// already, which is in the same process group; other ways of cancelling a build have not. When the host does not end in time, it is
    /// killed with all its children.
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
        Result = Events.Result is { } found ? [found] : [];
        if (IsCancelled)
        {
            // Cancellation is no error, and MSBuild must not complain that none was logged.
            BuildEngine.LogMessageEvent(LoggerRow.Line($"The {Subject} was cancelled.{KeptTrials}"));
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
        // The host has read the request before it prints anything.
        EndTurn();
        Events.Write(singleLine);
    }

    /// <inheritdoc />
    protected override void LogToolCommand(string message) => Diagnostics.Detail(Log, message);

    /// <summary>The host has reported the error. Only when it has not, the exit code is reported.</summary>
    protected override bool HandleTaskExecutionErrors()
    {
        if (IsCancelled || Events.HasErrors || HasOnlyWarnings || (ExitCode == InterruptedExitCode && _cancelled.Task.Wait(CancelDelay)))
        {
            return false;
        }

        if (ExitCode == InterruptedExitCode)
        {
            Diagnostics.Error(Log, Diagnostics.Interrupted, ProjectFile, 0, 0,
                $"The {Subject} was interrupted, but not through the build.{KeptTrials}");
        }
        else
        {
            Diagnostics.Error(Log, Diagnostics.HostDied, ProjectFile, 0, 0,
                "The LogMl host ended unexpectedly with exit code " + ExitCode.ToString(CultureInfo.InvariantCulture) + Meaning() + "."
                    + KeptTrials + Words());
        }

        return false;
    }

    private string KeptTrials => IsSearch ? " Finished trials are kept, and the next call goes on." : "";

    private bool HandOver()
    {
        try
        {
            var text = RequestText.Unpack(Request);
            _turn = RequestTurn.Begin(RequestFile, text, () => IsCancelled, file => BuildEngine.LogMessageEvent(
                LoggerRow.Line($"Waiting for another build, whose search is about to start: it holds '{file}'.")));
            Diagnostics.Detail(Log, "The request: " + text);
            return _turn is not null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var message = $"The request to the host cannot be written: {exception.Message}";
            Diagnostics.Error(Log, Diagnostics.FileMissing, ProjectFile, 0, 0, message);
            return false;
        }
    }

    private void EndTurn() => Interlocked.Exchange(ref _turn, null)?.Dispose();

    private IProgressRenderer CreateRenderer()
    {
        var started = Stopwatch.StartNew();
        return TerminalLogger == "1"
            ? new TerminalRow(BuildEngine, () => started.Elapsed, Console.OutputEncoding)
            : new LogLines(BuildEngine, () => started.Elapsed);
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
