using System.Diagnostics;

namespace LogMl;

/// <summary>
/// Marks a method as a step of the workflow: <c>[WorkflowStep(WorkflowSteps.ModelTrain)]</c>, or <c>[WorkflowStep("model_train")]</c>. The
/// generator chains the marked methods by the static types of their parameters and results; docs/steps.md lists the steps.
/// </summary>
/// <remarks>
/// The compiler leaves the attribute out of the assembly, so that the assembly can be reflected over where this one is missing.
/// </remarks>
/// <param name="name">The step's name, one of <see cref="WorkflowSteps"/>.</param>
[AttributeUsage(AttributeTargets.Method)]
[Conditional("LOGML_KEEP_WORKFLOW_STEPS")]
public sealed class WorkflowStepAttribute(string name) : Attribute
{
    /// <summary>The step's name.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// Whether the result of a dataset_* step may be kept for later trials with the same parameters of this step and of the steps before
    /// it. True by default. Set it to false for a step whose result is changed by later steps, or differs at every call.
    /// </summary>
    public bool Cache { get; set; } = true;
}
