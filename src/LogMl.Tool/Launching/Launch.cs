using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using LogMl.Shared;
using LogMl.Shared.Requests;
using LogMl.Storage.Locations;
using LogMl.Tool.Workers;

namespace LogMl.Tool.Launching;

/// <summary>
/// The workers of a launch, one for each machine. They end when this process does: each has an input that ends with it.
/// </summary>
/// <param name="bundle">The bundle.</param>
/// <param name="remote">The bundle on other machines.</param>
/// <param name="options">The options of the launch.</param>
/// <param name="storage">The location of the storage. It is a secret.</param>
/// <param name="console">Shows what the workers tell.</param>
internal sealed class Launch(Bundle bundle, RemoteBundle remote, LaunchOptions options, string storage, ToolConsole console)
{
    /// <summary>The exit code of ssh when it has not reached the other machine, or has lost it.</summary>
    private const int SshFailed = 255;

    private static readonly Dictionary<string, string> None = [];

    private readonly Lock _lock = new();
    private readonly HashSet<LaunchedProcess> _processes = [];
    private int? _ended;

    /// <summary>Runs the workers to their end.</summary>
    /// <returns>One of <see cref="WorkerExitCodes"/>.</returns>
    public int Run(IReadOnlyList<HostEntry> hosts)
    {
        using var interrupt = Handle(PosixSignal.SIGINT, WorkerExitCodes.Interrupted);
        using var terminate = Handle(PosixSignal.SIGTERM, WorkerExitCodes.Terminated);
        using var hangUp = Handle(PosixSignal.SIGHUP, WorkerExitCodes.Terminated);
        var codes = new int[hosts.Count];
        Thread[] threads = [.. hosts.Select((host, i) => new Thread(() => codes[i] = RunGuarded(host)) { Name = host.Name })];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return _ended ?? Worst(codes);
    }

    /// <summary>The exit code of a launch: what is wrong for good is told before what a later launch may mend.</summary>
    internal static int Worst(IReadOnlyList<int> codes) =>
        ((int[])[WorkerExitCodes.Usage, WorkerExitCodes.Failed, WorkerExitCodes.TryAgain]).FirstOrDefault(
            codes.Contains, codes.FirstOrDefault(code => code != WorkerExitCodes.Done));

    private int RunGuarded(HostEntry host)
    {
        try
        {
            return RunOn(host);
        }
        catch (ToolException exception)
        {
            Show(host, $"error {exception.Code}: {exception.Message}", isError: true);
            return WorkerExitCodes.Failed;
        }
    }

    private int RunOn(HostEntry host)
    {
        if (!host.IsLocal && remote.Copy(host, command => Start(command, None, null), line => Show(host, line, false)) is { } failed)
        {
            return IsEnding ? WorkerExitCodes.Terminated : Fail(host, "the bundle could not be copied", failed.Code, failed.Why);
        }

        string[] worker =
        [
            "worker", "--workers", host.Workers.ToString(CultureInfo.InvariantCulture), "--exit-on-stdin-eof", .. options.WorkerOptions,
        ];
        using var process = host.IsLocal ? StartHere(host, worker) : StartThere(host, worker);
        var code = process.WaitForExit();
        return code == WorkerExitCodes.Done || IsEnding ? code : Fail(host, "its worker ended", code, process.LastError);
    }

    private LaunchedProcess StartHere(HostEntry host, string[] worker)
    {
        var script = Path.Combine(bundle.Folder, BundleNames.Script + (OperatingSystem.IsWindows() ? ".cmd" : ""));
        return Start(
            [script, .. worker], new Dictionary<string, string> { [NamedLocation.Variable] = storage },
            (line, isError) => Show(host, line, isError));
    }

    private LaunchedProcess StartThere(HostEntry host, string[] worker)
    {
        // The first line of the input is the location of the storage: a command line, which everybody can see, is no place for it.
        var process = Start(
            [.. remote.Ssh(host), ShellText.Run(
                $"{remote.Enter}IFS= read -r {NamedLocation.Variable} && export {NamedLocation.Variable} && "
                + $"exec \"./$b/{BundleNames.Script}\" {string.Join(' ', worker.Select(ShellText.Quote))}")],
            None, (line, isError) => Show(host, line, isError));
        process.Write(input =>
        {
            input.Write(Encoding.UTF8.GetBytes(storage + "\n"));
            input.Flush();
        });
        return process;
    }

    private LaunchedProcess Start(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> variables, Action<string, bool>? show)
    {
        var process = new LaunchedProcess(command, variables, show, Forget);
        lock (_lock)
        {
            _processes.Add(process);
            if (_ended is not null)
            {
                process.EndInput();
            }
        }

        return process;
    }

    /// <summary>A process that has ended gets no further signal.</summary>
    private void Forget(LaunchedProcess process)
    {
        lock (_lock)
        {
            _processes.Remove(process);
        }
    }

    private bool IsEnding
    {
        get
        {
            lock (_lock)
            {
                return _ended is not null;
            }
        }
    }

    private int Fail(HostEntry host, string what, int code, string why)
    {
        var reason = why.Length == 0 ? "" : ": " + VisibleText.Of(why);
        lock (_lock)
        {
            console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"error {ToolErrors.Launch}: {host.Name}: {what} with exit code {code}{reason}"));
        }

        return code == SshFailed ? WorkerExitCodes.TryAgain : code;
    }

    private void Show(HostEntry host, string line, bool isError)
    {
        lock (_lock)
        {
            if (isError)
            {
                console.Error.WriteLine($"[{host.Name}] {VisibleText.Of(line)}");
            }
            else
            {
                console.Say($"[{host.Name}] {line}");
            }
        }
    }

    private PosixSignalRegistration Handle(PosixSignal signal, int code) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        End(code);
    });

    /// <summary>The first signal lets the workers give their trials back; a further one does not wait for them.</summary>
    private void End(int code)
    {
        lock (_lock)
        {
            var isFirst = _ended is null;
            _ended ??= code;
            foreach (var process in _processes)
            {
                if (isFirst)
                {
                    process.EndInput();
                }
                else
                {
                    process.Kill();
                }
            }
        }
    }
}
