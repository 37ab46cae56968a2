namespace LogMl;

/// <summary>The names of the steps, in the order in which they run: <c>[WorkflowStep(WorkflowSteps.ModelTrain)]</c>. What each gets and gives is in docs/steps.md.</summary>
public static class WorkflowSteps
{
    /// <summary>Gives the data set, or null when there is nothing to load.</summary>
    public const string DatasetLoad = "dataset_load";

    /// <summary>Gives the data set.</summary>
    public const string DatasetCreate = "dataset_create";

    /// <summary>Takes the data set and gives it with more rows.</summary>
    public const string DatasetAugment = "dataset_augment";

    /// <summary>Takes the data set and gives it changed.</summary>
    public const string DatasetPreprocess = "dataset_preprocess";

    /// <summary>Takes the data set and gives its parts: (train, validate, test) or (train, validate).</summary>
    public const string DatasetSplit = "dataset_split";

    /// <summary>Takes a part of the data set and gives (x, y).</summary>
    public const string DatasetInout = "dataset_inout";

    /// <summary>Takes the data set and its parts, and keeps them. Runs outside of trials only.</summary>
    public const string DatasetSave = "dataset_save";

    /// <summary>Gives the model.</summary>
    public const string ModelCreate = "model_create";

    /// <summary>Takes the model and the part for training; may give the trained model.</summary>
    public const string ModelTrain = "model_train";

    /// <summary>Takes the model and a part of the data set, and gives the loss, or an object with a number named Loss.</summary>
    public const string ModelEvaluate = "model_evaluate";

    /// <summary>Takes the model and a part of the data set. Runs outside of trials only.</summary>
    public const string ModelPredict = "model_predict";

    /// <summary>Takes the model and keeps it. Runs outside of trials only.</summary>
    public const string ModelSave = "model_save";
}
