namespace LogMl.Configuration;

/// <summary>The steps of a workflow, by the names that Log(ML) gave them.</summary>
public static class StepNames
{
    /// <summary>All steps, in the order in which a workflow runs them.</summary>
    public static EquatableArray<string> All { get; } = EquatableArray.Of(
        "dataset_load",
        "dataset_create",
        "dataset_augment",
        "dataset_preprocess",
        "dataset_split",
        "dataset_inout",
        "dataset_save",
        "model_create",
        "model_train",
        "model_evaluate",
        "model_predict",
        "model_save");

    /// <summary>The canonical name of a step, given that or one of Log(ML)'s old names; null when there is no such step.</summary>
    public static string? Canonical(string name) => name switch
    {
        "augment" => "dataset_augment",
        "preprocess" => "dataset_preprocess",
        _ => All.Contains(name) ? name : null,
    };
}
