namespace LogMl;

/// <summary>
/// The names of the steps, in the order in which they run: <c>[WorkflowStep(WorkflowSteps.ModelTrain)]</c>. docs/steps.md lists what each
/// takes and returns.
/// </summary>
public static class WorkflowSteps
{
    /// <summary>Returns the data set, or null when there is nothing to load.</summary>
    public const string DatasetLoad = "dataset_load";

    /// <summary>Returns the data set.</summary>
    public const string DatasetCreate = "dataset_create";

    /// <summary>Takes the data set and returns it with more rows.</summary>
    public const string DatasetAugment = "dataset_augment";

    /// <summary>Takes the data set and returns it changed.</summary>
    public const string DatasetPreprocess = "dataset_preprocess";

    /// <summary>Takes the data set and returns its parts: (train, validate, test) or (train, validate).</summary>
    public const string DatasetSplit = "dataset_split";

    /// <summary>Takes a part of the data set and returns (x, y).</summary>
    public const string DatasetInout = "dataset_inout";

    /// <summary>Takes the data set and its parts, and saves them. Runs outside of trials only.</summary>
    public const string DatasetSave = "dataset_save";

    /// <summary>Returns the model.</summary>
    public const string ModelCreate = "model_create";

    /// <summary>Takes the model and the part for training; may return the trained model.</summary>
    public const string ModelTrain = "model_train";

    /// <summary>Takes the model and a part of the data set, and returns the loss, or an object with a number named Loss.</summary>
    public const string ModelEvaluate = "model_evaluate";

    /// <summary>Takes the model and a part of the data set. Runs outside of trials only.</summary>
    public const string ModelPredict = "model_predict";

    /// <summary>Takes the model and saves it. Runs outside of trials only.</summary>
    public const string ModelSave = "model_save";

    /// <summary>
    /// Takes a trial of the search that has ended (<see cref="FinishedTrial"/>), and may end the search (<see cref="IStudy"/>). Runs after
    /// each trial.
    /// </summary>
    public const string TrialFinished = "trial_finished";
}
