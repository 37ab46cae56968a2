using System.Diagnostics;

namespace LogMl;

/// <summary>
/// Marks a method as a step of the workflow that is tuned: <c>[WorkflowStep(WorkflowSteps.ModelTrain)]</c>, or <c>[WorkflowStep("model_train")]</c>.
/// The generator chains the marked methods by the static types of what they take and give; docs/steps.md lists the steps.
/// </summary>
/// <remarks>The compiler leaves the mark out of the assembly, which can so be reflected over where this assembly is not.</remarks>
/// <param name="name">The step's name, one of <see cref="WorkflowSteps"/>.</param>
[AttributeUsage(AttributeTargets.Method)]
[Conditional("LOGML_KEEP_WORKFLOW_STEPS")]
public sealed class WorkflowStepAttribute(string name) : Attribute
{
    /// <summary>The step's name.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// Whether what a dataset_* step gives may be kept for later trials whose parameters of this step and of the steps before it are the same.
    /// True by default; false for a step whose result is changed by later steps, or is different at every call.
    /// </summary>
    public bool Cache { get; set; } = true;
}
