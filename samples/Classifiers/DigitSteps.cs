using Microsoft.ML;

namespace Classifiers;

/// <summary>The other steps of the workflow. The data is split, and cut into folds, as logml.yaml says.</summary>
public static class DigitSteps
{
    [WorkflowStep("dataset_load")]
    public static Digit[] Load(string path) => DigitFile.Read(path);

    [WorkflowStep("model_train")]
    public static Classifier Train(IEstimator<ITransformer> learner, Digit[] train) => Classifier.Train(learner, train);

    [WorkflowStep("model_evaluate")]
    public static Evaluation Evaluate(Classifier classifier, Digit[] digits) => classifier.Evaluate(digits);

    /// <summary>Runs after the search, for the best parameters, with a model of all digits but those of the test part.</summary>
    [WorkflowStep("model_save")]
    public static void Save(Classifier classifier, ITrial trial) => classifier.Save(Path.Combine(trial.Directory, "model.zip"));
}
