using System.Diagnostics;

namespace LogMl;

/// <summary>
/// Says to which workflow the steps and the search constraints of a class belong, in a project with several:
/// <c>[Workflow("forest")] static class ForestSteps</c> has those of the workflow that the project declares by
/// <c>&lt;LogMlWorkflow Include="forest.yaml" /&gt;</c>. Without an argument, and in classes without the attribute, it is the unnamed one,
/// whose file is <c>logml.yaml</c>.
/// </summary>
/// <remarks>
/// A nested class belongs where the class around it does, unless it has the attribute itself. A class with the attribute for each of
/// several workflows has steps that they share. The compiler leaves the attribute out of the assembly, so that the assembly can be
/// reflected over where this one is missing.
/// </remarks>
/// <param name="name">The name of the workflow; empty for the unnamed one.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
[Conditional("LOGML_KEEP_WORKFLOW_STEPS")]
public sealed class WorkflowAttribute(string name = "") : Attribute
{
    /// <summary>The name of the workflow; empty for the unnamed one.</summary>
    public string Name { get; } = name;
}
