namespace LogMl;

/// <summary>
/// Marks a method as a step of the workflow that is tuned: <c>[WorkflowStep("model_train")]</c>.
/// The generator chains the marked methods by the static types of what they take and give; docs/steps.md lists the steps.
/// </summary>
/// <param name="name">The step's name, one of Log(ML)'s: dataset_load, dataset_create, dataset_preprocess, dataset_augment,
/// dataset_split, dataset_inout, dataset_save, model_create, model_train, model_evaluate, model_predict, model_save.</param>
[AttributeUsage(AttributeTargets.Method)]
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
