using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;
using BinaryTrainers = Microsoft.ML.BinaryClassificationCatalog.BinaryClassificationTrainers;

namespace Classifiers;

/// <summary>
/// The step model_create, a method for each branch of <c>classifier</c>: the workflow calls the one for the branch of the trial. A branch
/// that has no method would be a compile error.
/// </summary>
/// <remarks>One thread and a fixed seed: the same parameters always give the same model.</remarks>
public static class Learners
{
    private const string Label = nameof(Digit.Label);
    private const string Pixels = nameof(Digit.Pixels);

    /// <summary>Gradient boosted trees.</summary>
    [WorkflowStep("model_create")]
    public static IEstimator<ITransformer> Create(ModelCreateClassifier.LightGbm parameters) =>
        Context().MulticlassClassification.Trainers.LightGbm(new LightGbmMulticlassTrainer.Options
        {
            LabelColumnName = Label,
            FeatureColumnName = Pixels,
            NumberOfLeaves = parameters.Leaves,
            NumberOfIterations = parameters.Trees,
            LearningRate = parameters.LearningRate,
            MinimumExampleCountPerLeaf = parameters.MinDataInLeaf,
            NumberOfThreads = 1,
            Seed = 1,
        });

    /// <summary>A random forest for each digit, which tells it from the others.</summary>
    [WorkflowStep("model_create")]
    public static IEstimator<ITransformer> Create(ModelCreateClassifier.FastForest parameters) =>
        OneVersusAll(context => context.FastForest(new FastForestBinaryTrainer.Options
        {
            LabelColumnName = Label,
            FeatureColumnName = Pixels,
            NumberOfLeaves = parameters.Leaves,
            NumberOfTrees = parameters.Trees,
            FeatureFraction = parameters.FeatureFraction,
            NumberOfThreads = 1,
            Seed = 1,
        }));

    /// <summary>Multinomial logistic regression.</summary>
    [WorkflowStep("model_create")]
    public static IEstimator<ITransformer> Create(ModelCreateClassifier.Sdca parameters) =>
        Context().MulticlassClassification.Trainers.SdcaMaximumEntropy(new SdcaMaximumEntropyMulticlassTrainer.Options
        {
            LabelColumnName = Label,
            FeatureColumnName = Pixels,
            L1Regularization = (float)parameters.L1,
            L2Regularization = (float)parameters.L2,
            NumberOfThreads = 1,
        });

    /// <summary>A perceptron for each digit.</summary>
    [WorkflowStep("model_create")]
    public static IEstimator<ITransformer> Create(ModelCreateClassifier.AveragedPerceptron parameters) =>
        OneVersusAll(context => context.AveragedPerceptron(new AveragedPerceptronTrainer.Options
        {
            LabelColumnName = Label,
            FeatureColumnName = Pixels,
            LearningRate = (float)parameters.LearningRate,
            DecreaseLearningRate = parameters.DecreaseLearningRate,
            NumberOfIterations = parameters.Epochs,
        }));

    /// <summary>Trials of more than a thousand leaves would take too long: they are never tried.</summary>
    [SearchConstraint]
    public static bool IsQuick(ModelCreateParameters parameters) =>
        parameters.Classifier is not ModelCreateClassifier.LightGbm boosted || boosted.Leaves * boosted.Trees <= 1000;

    private static MLContext Context() => new(seed: 1);

    private static IEstimator<ITransformer> OneVersusAll<TModel>(
        Func<BinaryTrainers, ITrainerEstimator<BinaryPredictionTransformer<TModel>, TModel>> create)
        where TModel : class
    {
        var context = Context();
        return context.MulticlassClassification.Trainers.OneVersusAll(create(context.BinaryClassification.Trainers), Label);
    }
}
