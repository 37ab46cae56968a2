using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using LogMl.Shared;

namespace LogMl.Runtime;

/// <summary>The trial loop of a worker process: takes trials from the host, runs them one after the other, tells what became of them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WorkerLoop
{
    /// <summary>User code may recurse; the default of some systems is 1 MiB.</summary>
    private const int StackSize = 16 * 1024 * 1024;

    private const int RefusedExitCode = 1;
    private const int NoHostExitCode = 2;

    /// <summary>
    /// How long a trial may take to notice that it was cancelled. Longer than the host's own patience, because the host also ends the processes
    /// that user code has started.
    /// </summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(5);

    /// <summary>Serves the host until it says stop, or is gone. The process ends with the loop.</summary>
    /// <param name="pipeName">The pipe that the host has created.</param>
    /// <param name="load">Loads the user's assembly and runs its module initializers.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string pipeName, Func<Assembly> load)
    {
        ArgumentNullException.ThrowIfNull(load);

        // Before user code can start a process.
        var family = new WorkerFamily(Environment.ProcessId, Environment.GetEnvironmentVariable(WorkerFamily.Variable));
        family.Lead();
        OfferToTheKernel();

        // Before the assembly is loaded: its workflow registers when this is on.
        AppContext.SetSwitch(Workflow.WorkerSwitch, true);

        // Ctrl-C reaches every process of the terminal; what becomes of the running trial is for the host to say.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var output = TrialOutputEnd.Open();
        UserConsole.Open();
        var connection = HostConnection.Open(pipeName);
        if (connection is null)
        {
            Console.Error.WriteLine($"No host answers at the pipe '{pipeName}'.");
            return NoHostExitCode;
        }

        // None of them is disposed: the reading thread uses them until the process has ended.
        var trials = new BlockingCollection<TrialRequest>();
        var current = new CurrentTrial();
        var stop = new CancellationTokenSource();

        // Reads on its own thread, so that a worker that hangs in user code still notices that its host is gone.
        Start("LogMl messages", () => Read(connection, trials, current, stop, family));
        var exitCode = 0;
        Start("LogMl trials", () => exitCode = Serve(load, connection, output, trials, current, stop.Token)).Join();
        return exitCode;
    }

    /// <summary>When the machine is out of memory, Linux shall end a worker, not its host or somebody else. What a worker starts inherits that.</summary>
    private static void OfferToTheKernel()
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                File.WriteAllText("/proc/self/oom_score_adj", "1000");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The kernel chooses by itself then.
        }
    }

    private static Thread Start(string name, Action action)
    {
        var thread = new Thread(() => action(), StackSize) { Name = name, IsBackground = true };
        thread.Start();
        return thread;
    }

    private static int Serve(
        Func<Assembly> load, HostConnection connection, TrialOutputEnd output, BlockingCollection<TrialRequest> trials, CurrentTrial current, CancellationToken stop)
    {
        var workflow = Load(load, out var problem, out var stack);
        output.MarkStart();
        if (workflow is null)
        {
            connection.Send(WorkerMessage.Refused(problem, stack));
            return RefusedExitCode;
        }

        connection.Send(WorkerMessage.Hello(workflow.Manifest, IsOptimized(workflow.GetType().Assembly)));
        var runner = new TrialRunner(workflow, connection, current);
        foreach (var trial in trials.GetConsumingEnumerable(CancellationToken.None))
        {
            var result = runner.Run(trial, stop);

            // First the end of the output, then the result: when the host has the result, all that the trial printed is in the pipe.
            if (!output.IsIntact)
            {
                connection.Send(WorkerMessage.Spoilt());
            }

            output.Mark(trial.Number);
            connection.Send(result);
        }

        return 0;
    }

    private static bool IsOptimized(Assembly assembly) => assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };

    private static Workflow? Load(Func<Assembly> load, out string problem, out string stack)
    {
        stack = "";
        try
        {
            var assembly = load();
            problem =
                $"'{assembly.GetName().Name}' has no workflow. Mark its methods with [WorkflowStep(\"...\")], model_evaluate at least, and check that the package "
                + "LogMl.Sdk is referenced directly, without ExcludeAssets.";
            return Workflow.Of(assembly);
        }
        catch (Exception exception)
        {
            var text = ExceptionText.Of(exception);
            problem = $"The assembly cannot be loaded: {text.Type}: {text.Message}";
            stack = text.Stack;
            return null;
        }
    }

    private static void Read(HostConnection connection, BlockingCollection<TrialRequest> trials, CurrentTrial current, CancellationTokenSource stop, WorkerFamily family)
    {
        while (connection.ReadLine() is { } line)
        {
            var message = HostMessage.Read(line);
            if (message is StopRequest)
            {
                trials.CompleteAdding();

                // Not Cancel: it would run the callbacks of user code on this thread, and they may hang.
                _ = stop.CancelAsync();
                Thread.Sleep(GracePeriod);
                break;
            }

            switch (message)
            {
                case PruningDecision decision:
                    current.Decide(decision);
                    break;
                case CancelRequest request:
                    current.Cancel(request);
                    break;
                default:
                    trials.Add((TrialRequest)message);
                    break;
            }
        }

        // Nobody else would end what the steps have started: the host is gone.
        family.Kill();

        // Environment.Exit would wait for the finalizers and event handlers of user code, which may hang like the trial itself.
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
