using System.ComponentModel;
using System.Reflection;

namespace LogMl.Runtime;

/// <summary>The workflow that the generator writes into a project. Not for use by hand.</summary>
/// <remarks>
/// The generated class does not derive from a type of this assembly, and refers to one only in methods that run in a worker. So a library
/// can be shipped, loaded and reflected over without this assembly.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Workflow
{
    /// <summary>The switch of <see cref="AppContext"/> that is on only in a worker. A workflow registers only when it is on.</summary>
    public const string WorkerSwitch = "LogMl.Worker";

    private static readonly Lock RegistryLock = new();
    private static readonly List<Workflow> Registry = [];

    private readonly Assembly _assembly;
    private readonly Func<WorkflowRun, ValueTask> _run;

    private Workflow(
        Assembly assembly, string name, string manifest, Func<WorkflowRun, ValueTask> run,
        IReadOnlyList<(string Name, Func<ParameterValues, bool> IsAllowed)> searchConstraints, Func<FinishedTrials, ValueTask>? listen)
    {
        Name = name;
        SearchConstraints = searchConstraints;
        Listen = listen;
        _assembly = assembly;
        Manifest = manifest;
        _run = run;
    }

    /// <summary>The assembly that has the workflow.</summary>
    internal Assembly Assembly => _assembly;

    /// <summary>Its name; empty for the unnamed one.</summary>
    internal string Name { get; }

    /// <summary>The compiled settings, search space and steps as JSON (docs/architecture.md, seam 2).</summary>
    internal string Manifest { get; }

    /// <summary>The methods that tell whether a point may be tried.</summary>
    internal IReadOnlyList<(string Name, Func<ParameterValues, bool> IsAllowed)> SearchConstraints { get; }

    /// <summary>Runs the step trial_finished for each trial that ends, until the search is over; null when there is no such step.</summary>
    internal Func<FinishedTrials, ValueTask>? Listen { get; }

    /// <summary>Called by the module initializer that is generated beside each workflow.</summary>
    /// <param name="assembly">The assembly that has the workflow.</param>
    /// <param name="name">The name of the workflow; empty for the unnamed one.</param>
    /// <param name="manifest">The compiled settings, search space and steps as JSON.</param>
    /// <param name="run">Runs all steps once with the parameters of the run, and passes the scores to it.</param>
    /// <param name="searchConstraints">The methods that tell whether a point may be tried, with their names.</param>
    /// <param name="listen">Runs the step trial_finished for each trial that ends; null when there is no such step.</param>
    public static void Register(
        Assembly assembly, string name, string manifest, Func<WorkflowRun, ValueTask> run,
        ReadOnlySpan<(string Name, Func<ParameterValues, bool> IsAllowed)> searchConstraints,
        Func<FinishedTrials, ValueTask>? listen = null)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(run);
        lock (RegistryLock)
        {
            Registry.Add(new Workflow(assembly, name, manifest, run, searchConstraints.ToArray(), listen));
        }
    }

    /// <summary>The workflows that were compiled into <paramref name="assembly"/>.</summary>
    internal static IReadOnlyList<Workflow> AllOf(Assembly assembly)
    {
        lock (RegistryLock)
        {
            return Registry.FindAll(workflow => workflow._assembly == assembly);
        }
    }

    /// <summary>The workflow of a name that was compiled into <paramref name="assembly"/>, or null.</summary>
    internal static Workflow? Of(Assembly assembly, string name = "") => AllOf(assembly).FirstOrDefault(workflow => workflow.Name == name);

    /// <summary>Runs all steps once.</summary>
    internal ValueTask RunAsync(WorkflowRun run) => _run(run);
}
