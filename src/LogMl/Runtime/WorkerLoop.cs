using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using LogMl.Shared;
using LogMl.Shared.Wire;

namespace LogMl.Runtime;

/// <summary>
/// The trial loop of a worker process: receives trials from the host, runs them one after the other, and reports their results.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WorkerLoop
{
    /// <summary>The stack size in bytes. User code may recurse, and the default of some systems is 1 MiB.</summary>
    private const int StackSize = 16 * 1024 * 1024;

    private const int RefusedExitCode = 1;
    private const int NoHostExitCode = 2;

    /// <summary>
    /// How long a trial may take to end after it was cancelled. It is longer than the host's own grace period, because the host also ends
    /// the processes that user code has started.
    /// </summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(5);

    /// <summary>Serves the host until it sends stop or is gone. The process ends with the loop.</summary>
    /// <param name="pipeName">The pipe that the host has created.</param>
    /// <param name="load">Loads the user's assembly and runs its module initializers.</param>
    /// <param name="workflow">The name of the workflow to run; empty for the unnamed one.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string pipeName, Func<Assembly> load, string workflow)
    {
        ArgumentNullException.ThrowIfNull(load);
        ArgumentNullException.ThrowIfNull(workflow);

        // This must come before user code can start a process.
        var family = new WorkerFamily(Environment.ProcessId, Environment.GetEnvironmentVariable(WorkerFamily.Variable));
        family.Lead();
        PreferForOutOfMemoryKill();

        // This must come before the assembly is loaded: its workflow registers only when the switch is on.
        AppContext.SetSwitch(Workflow.WorkerSwitch, true);

        // Ctrl-C reaches every process of the terminal, but the host decides about the running trial.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        using var output = TrialOutputEnd.Open();
        UserConsole.Open();
        var connection = HostConnection.Open(pipeName);
        if (connection is null)
        {
            Console.Error.WriteLine($"No host answers at the pipe '{pipeName}'.");
            return NoHostExitCode;
        }

        // These are not disposed, because the reading thread uses them until the process ends.
        var trials = new BlockingCollection<HostMessage.Trial>();
        var current = new CurrentTrial();
        var checks = new ConstraintChecks(connection, ConstraintChecks.Limit);
        var listener = new TrialListener(connection, output, new CancellationTokenSource());
        var stop = new CancellationTokenSource();

        // Messages are read on a thread of their own, so that a worker that hangs in user code still notices that its host is gone.
        Start("LogMl messages", () => ReadMessages(connection, trials, checks, listener, current, stop, family));
        var exitCode = 0;
        Start(
            "LogMl trials",
            () => exitCode = RunTrials(load, workflow, connection, output, trials, checks, listener, current, stop.Token)).Join();
        return exitCode;
    }

    /// <summary>
    /// Makes Linux end a worker first when the machine is out of memory, and not its host or another process. Processes that the worker
    /// starts inherit this.
    /// </summary>
    private static void PreferForOutOfMemoryKill()
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
            // Then the kernel chooses by itself.
        }
    }

    private static Thread Start(string name, Action action)
    {
        var thread = new Thread(() => action(), StackSize) { Name = name, IsBackground = true };
        thread.Start();
        return thread;
    }

    private static int RunTrials(
        Func<Assembly> load, string name, HostConnection connection, TrialOutputEnd output, BlockingCollection<HostMessage.Trial> trials,
        ConstraintChecks checks, TrialListener listener, CurrentTrial current, CancellationToken stop)
    {
        var workflow = Load(load, name, out var problem, out var stack);
        output.MarkStart();
        if (workflow is null)
        {
            connection.Send(new WorkerMessage.Refused(problem, stack));
            return RefusedExitCode;
        }

        if (workflow.SearchConstraints.Count > 0)
        {
            Start("LogMl search constraints", () => checks.Serve(workflow.SearchConstraints));
        }

        var listening = workflow.Listen is null ? null : Start("LogMl finished trials", () => listener.Serve(workflow));
        connection.Send(Greeting(workflow));
        var runner = new TrialRunner(workflow, connection, current);
        foreach (var trial in trials.GetConsumingEnumerable(CancellationToken.None))
        {
            var result = runner.Run(trial, stop);

            // The mark is written before the result is sent. So when the host has the result, everything that the trial printed is in the
            // pipe.
            if (!output.IsIntact)
            {
                connection.Send(new WorkerMessage.Spoilt());
            }

            output.Mark(trial.Number);
            connection.Send(result);
        }

        // The classes of the step trial_finished are disposed of.
        listening?.Join();
        return 0;
    }

    private static WorkerMessage.Hello Greeting(Workflow workflow) =>
        new(ProtocolVersions.Pipe, Environment.ProcessId, IsOptimized(workflow.Assembly), JsonElement.Parse(workflow.Manifest));

    private static bool IsOptimized(Assembly assembly) =>
        assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };

    private static Workflow? Load(Func<Assembly> load, string name, out string problem, out string stack)
    {
        stack = "";
        try
        {
            var assembly = load();
            problem = Missing(assembly, name);
            return Workflow.Of(assembly, name);
        }
        catch (Exception exception)
        {
            var text = ExceptionText.Of(exception);
            problem = $"The assembly cannot be loaded: {text.Exception}: {text.Message}";
            stack = text.Stack;
            return null;
        }
    }

    private static string Missing(Assembly assembly, string name)
    {
        string[] others =
        [
            .. Workflow.AllOf(assembly).Where(workflow => workflow.Name.Length > 0).Select(workflow => $"'{workflow.Name}'"),
        ];
        var wanted = name.Length > 0 ? $"workflow '{name}'" : others.Length > 0 ? "unnamed workflow" : "workflow";
        return $"'{assembly.GetName().Name}' has no {wanted}"
            + (others.Length > 0 ? $", but {string.Join(", ", others)}" : "")
            + ". Mark its methods with [WorkflowStep(\"...\")], model_evaluate at least, "
            + (name.Length > 0 ? $"in a class with [Workflow(\"{name}\")]."
                : others.Length > 0 ? "in a class without [Workflow(\"...\")] or with a bare [Workflow]."
                : "and check that the package LogMl.Sdk is referenced directly, without ExcludeAssets.");
    }

    private static void ReadMessages(
        HostConnection connection, BlockingCollection<HostMessage.Trial> trials, ConstraintChecks checks, TrialListener listener,
        CurrentTrial current, CancellationTokenSource stop, WorkerFamily family)
    {
        while (connection.Receive() is { } message)
        {
            if (message is HostMessage.Stop)
            {
                trials.CompleteAdding();
                listener.Complete();

                // Cancel would run callbacks of user code on this thread, and they may hang.
                _ = stop.CancelAsync();
                Thread.Sleep(GracePeriod);
                break;
            }

            switch (message)
            {
                case HostMessage.Decision decision:
                    current.Decide(decision);
                    break;
                case HostMessage.Cancel request:
                    current.Cancel(request);
                    listener.Cancel(request);
                    break;
                case HostMessage.Check question:
                    checks.Add(question);
                    break;
                case HostMessage.Finished finished:
                    listener.Add(finished);
                    break;
                case HostMessage.Trial trial:
                    trials.Add(trial);
                    break;
            }
        }

        // The host is gone, so only the worker itself can end the processes that the steps have started.
        family.Kill();

        // Environment.Exit would wait for the finalizers and event handlers of user code, which may hang like the trial itself.
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
