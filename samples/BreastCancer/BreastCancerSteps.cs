using Microsoft.ML.Trainers.LightGbm;

namespace BreastCancer;

/// <summary>The steps of the workflow, in the order in which they run. Their parameters come from logml.yaml.</summary>
public static class BreastCancerSteps
{
    [WorkflowStep("dataset_load")]
    public static Tumor[] Load(string path) => TumorFile.Read(path);

    [WorkflowStep("dataset_preprocess")]
    public static Tumor[] Preprocess(Tumor[] tumors, DatasetPreprocessParameters parameters) =>
        [.. tumors.Select(tumor => Preprocessing.Apply(tumor, parameters))];

    [WorkflowStep("dataset_split")]
    public static (Tumor[] Train, Tumor[] Validate, Tumor[] Test) Split(Tumor[] tumors, DatasetSplitParameters parameters) =>
        StratifiedSplit.Of(tumors, parameters.SplitValidate, parameters.SplitTest, parameters.Seed);

    [WorkflowStep("model_train")]
    public static Classifier Train(Tumor[] train, ModelTrainParameters parameters) =>
        Classifier.Train(train, new LightGbmBinaryTrainer.Options
    {
        NumberOfLeaves = parameters.NumberOfLeaves,
        NumberOfIterations = parameters.NumberOfIterations,
        LearningRate = parameters.LearningRate,
        MinimumExampleCountPerLeaf = parameters.MinDataInLeaf,
        Booster = new GradientBooster.Options { L2Regularization = parameters.L2, FeatureFraction = parameters.FeatureFraction },
        // One thread and a fixed seed: the same parameters always give the same trees. Trials run in parallel instead
        // (-p:HyperOptWorkers=2).
        NumberOfThreads = 1,
        Seed = 1,
    });

    [WorkflowStep("model_evaluate")]
    public static Evaluation Evaluate(Classifier classifier, Tumor[] tumors) => classifier.Evaluate(tumors);

    /// <summary>Runs after the search, for the best model, which has then been scored on the test part, too.</summary>
    [WorkflowStep("model_save")]
    public static void Save(Classifier classifier, ITrial trial) => classifier.Save(Path.Combine(trial.Directory, "model.zip"));
}
