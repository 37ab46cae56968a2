using System.Diagnostics;
using System.Globalization;
using LogMl.Host.Results;
using LogMl.Shared;
using LogMl.Shared.Requests;

namespace LogMl.Host.Workers;

/// <summary>
/// The process of a worker as the system knows it, with its output and with all processes that its steps have started: how it starts and
/// ends. What is said through the pipe is that of <see cref="WorkerProcess"/>.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan ExitLimit = TimeSpan.FromSeconds(5);

    /// <summary>The time to wait for the end of the output: a process that the worker has left running may hold it open.</summary>
    private static readonly TimeSpan OutputLimit = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly WorkerFamily _family;
    private readonly MemoryMeter _memory;
    private readonly OutputPump _output;
    private readonly OutputPump _error;
    private volatile bool _isKilled;
    private volatile bool _isFamilyEnded;

    /// <summary>Starts it.</summary>
    /// <param name="request">What the build asks.</param>
    /// <param name="pipeName">The name of the pipe, which is random. So it serves as the cookie too.</param>
    /// <param name="number">The number of the worker, for the names of threads.</param>
    /// <exception cref="HostException">It does not start.</exception>
    public ChildProcess(HostRequest request, string pipeName, int number)
    {
        _process = Start(request, pipeName, DeviceOf(request, number));
        _family = new WorkerFamily(_process.Id, pipeName);
        _memory = new MemoryMeter(_family, _process.Id);
        _output = new OutputPump(
            string.Create(CultureInfo.InvariantCulture, $"Output of worker {number}"), _process.StandardOutput.BaseStream);
        _error = new OutputPump(
            string.Create(CultureInfo.InvariantCulture, $"Errors of worker {number}"), _process.StandardError.BaseStream);
    }

    /// <summary>The end of what it has printed as errors in the running trial.</summary>
    public string LastErrors => _error.Tail;

    /// <summary>
    /// The ends of the output and of the errors of the trial that has ended last, or has ended with the process. What is still on its way
    /// is waited for.
    /// </summary>
    public (string Output, string Errors) ReadEnds() => (_output.ReadEnd(OutputLimit), _error.ReadEnd(OutputLimit));

    /// <summary>Calls an action once it has ended.</summary>
    public void WhenExited(Action action)
    {
        _process.Exited += (_, _) => action();
        _process.EnableRaisingEvents = true;
    }

    /// <summary>The worker has connected, so that it leads its process group.</summary>
    public void FindGroup() => _family.FindGroup();

    /// <summary>The resident memory in bytes.</summary>
    public long ReadMemory() => _memory.Read();

    /// <summary>Gives the output up to a mark to two files.</summary>
    /// <param name="mark">The name in the mark: the number of a trial.</param>
    /// <param name="folder">The folder of the files.</param>
    /// <param name="output">The name of the file for the standard output.</param>
    /// <param name="error">The name of the file for the standard error.</param>
    public void Log(int mark, TrialFolder folder, string output, string error)
    {
        var text = mark.ToString(CultureInfo.InvariantCulture);
        _output.Enqueue(new TrialLog(text, folder, output));
        _error.Enqueue(new TrialLog(text, folder, error));
    }

    /// <summary>Waits for its end.</summary>
    public void WaitForExit(TimeSpan limit) => _process.WaitForExit(limit);

    /// <summary>Ends it with all processes that it has started. Any thread may call it.</summary>
    public void Kill()
    {
        _isKilled = true;
        try
        {
            // On Linux the family finds its processes itself.
            _process.Kill(entireProcessTree: !OperatingSystem.IsLinux());
        }
        catch (Exception exception) when (
            exception is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It has ended already.
        }

        EndFamily();
    }

    /// <summary>
    /// Waits for its end after its pipe has ended, and says how it ended. Processes of the steps are ended too, because they may hold the
    /// output open.
    /// </summary>
    public (string How, bool IsFromOutside) Death()
    {
        var hasExited = _process.WaitForExit(ExitLimit);
        var isFromOutside = hasExited && IsEndedFromOutside;
        Kill();
        WaitForOutput();
        return (hasExited ? Ending.Describe(_process.ExitCode, _error.Tail) : "it closed its pipe", isFromOutside);
    }

    /// <summary>Why it cannot be used, after it did not greet.</summary>
    /// <param name="what">Describes what happened to the process. Its argument says whether it ended without a signal.</param>
    public HostException Refused(Func<bool, string> what)
    {
        var hasExited = _process.WaitForExit(ExitLimit);
        _error.WaitForEnd(OutputLimit);
        var said = _error.Tail.Length > 0 ? _error.Tail : _output.Tail;
        var how = hasExited ? Ending.Describe(_process.ExitCode, said) : "it did not answer";
        return new HostException(HostErrors.WorkerDoesNotStart, $"{what(hasExited && !Ending.IsOfSignal(_process.ExitCode))}: {how}")
        {
            Detail = said,
            IsFromOutside = hasExited && IsEndedFromOutside,
        };
    }

    /// <summary>Waits for the end of a process that was killed, and of its output.</summary>
    public void Dispose()
    {
        _process.WaitForExit(ExitLimit);
        WaitForOutput();
        _process.Dispose();
    }

    private bool IsEndedFromOutside => !_isKilled && Ending.IsFromOutside(_process.ExitCode);

    /// <summary>
    /// Ends the processes that the steps have started. It does so once after the end of the worker, whose id may later be that of another
    /// process.
    /// </summary>
    private void EndFamily()
    {
        if (!_isFamilyEnded)
        {
            _isFamilyEnded = _process.HasExited;
            _family.Kill();
        }
    }

    private void WaitForOutput()
    {
        _output.WaitForEnd(OutputLimit);
        _error.WaitForEnd(OutputLimit);
    }

    /// <summary>The GPU of a worker, which may share it with others. Null when there is none, or when it runs no trials.</summary>
    public static string? DeviceOf(HostRequest request, int number) =>
        number >= 0 && request.Joining?.Devices is { Count: > 0 } devices ? devices[number % devices.Count] : null;

    private static Process Start(HostRequest request, string pipeName, string? device)
    {
        var start = new ProcessStartInfo(DotNetPath.Current)
        {
            WorkingDirectory = request.ProjectDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.Environment[WorkerFamily.Variable] = pipeName;
        start.Environment.Remove(DeviceVariables.Trial);
        if (device is not null)
        {
            start.Environment[DeviceVariables.Cuda] = device;
            start.Environment[DeviceVariables.Trial] = device;
        }

        string[] arguments =
        [
            "exec", "--depsfile", request.DepsFile, "--runtimeconfig", request.RuntimeConfig,
            .. request.ProbingPaths.SelectMany(path => new[] { "--additionalprobingpath", path }),
            request.Worker, pipeName, request.Assembly,
            .. request.Workflow is { } workflow ? [workflow] : Array.Empty<string>(),
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Code in a trial must not get the password of the database, nor must the output of a trial have it.
        start.Environment.Remove(StorageSource.Variable);
        try
        {
            var process = Process.Start(start)!;

            // A step that reads from the console must get the end of the input, and not wait for ever.
            process.StandardInput.Close();
            return process;
        }
        catch (Exception exception) when (
            exception is System.ComponentModel.Win32Exception or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new HostException(
                HostErrors.WorkerDoesNotStart,
                $"The worker process cannot be started in '{request.ProjectDirectory}': {exception.Message}");
        }
    }
}
