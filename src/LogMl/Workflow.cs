using System.ComponentModel;
using System.Reflection;

namespace LogMl;

/// <summary>The base of the workflow that the generator writes into a project. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Workflow
{
    private static readonly Lock RegistryLock = new();
    private static readonly List<Workflow> Registry = [];

    /// <summary>Settings, search space and steps as they were compiled, as JSON (docs/architecture.md, seam 2).</summary>
    public abstract string Manifest { get; }

    /// <summary>Runs all steps once, with the parameters of <paramref name="run"/>, and tells it the scores.</summary>
    public abstract ValueTask RunAsync(WorkflowRun run);

    /// <summary>Called by the module initializer that is generated beside each workflow.</summary>
    public static void Register(Workflow workflow)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        lock (RegistryLock)
        {
            Registry.Add(workflow);
        }
    }

    /// <summary>The workflow that was compiled into <paramref name="assembly"/>, or null.</summary>
    internal static Workflow? Of(Assembly assembly)
    {
        lock (RegistryLock)
        {
            return Registry.Find(workflow => workflow.GetType().Assembly == assembly);
        }
    }
}
