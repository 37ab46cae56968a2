using System.Text.Json;
using LogMl.Shared;

namespace LogMl;

/// <summary>What a run of a workflow has given.</summary>
public class WorkflowResult
{
    internal WorkflowResult(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> scores, DirectTrial trial)
    {
        Scores = scores;
        Reports = trial.Reports;
        UserAttributes = trial.UserAttributes;
        Seed = trial.Seed;
        Directory = trial.CreatedDirectory;
    }

    /// <summary>
    /// The loss of the validation part. A search minimizes it, unless the YAML file names other objectives; those are among the
    /// <see cref="Scores"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The workflow has no step model_evaluate that gives one. With other objectives it need not.
    /// </exception>
    public double Loss =>
        Scores.GetValueOrDefault("validate") is not { } scores
            ? throw new InvalidOperationException("The workflow gave no loss: it has no step model_evaluate that gives one.")
            : scores.TryGetValue(ObjectiveWords.Loss, out var loss)
                ? loss
                : throw new InvalidOperationException(
                    $"The workflow gave no loss: its step model_evaluate gives {string.Join(", ", scores.Keys)}, which Scores has.");

    /// <summary>
    /// What model_evaluate gave, by the part of the data (<c>train</c>, <c>validate</c>, <c>test</c>) and by name: <c>loss</c>, and each
    /// metric in snake_case. Only a full run scores the training and the test part.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Scores { get; }

    /// <summary>The intermediate values that steps have reported, by their step, in its order.</summary>
    public IReadOnlyDictionary<int, double> Reports { get; }

    /// <summary>The user attributes that steps have set.</summary>
    public IReadOnlyDictionary<string, JsonElement> UserAttributes { get; }

    /// <summary>The seed of the run: with it and the same parameters it can be repeated.</summary>
    public long Seed { get; }

    /// <summary>The absolute path of the folder of <see cref="ITrial.Directory"/>; null when no step has asked for it.</summary>
    public string? Directory { get; }
}

/// <summary>What a run of a workflow has given, with the model.</summary>
/// <typeparam name="TModel">The type that model_create or model_train gives.</typeparam>
public sealed class WorkflowResult<TModel> : WorkflowResult
{
    internal WorkflowResult(
        TModel model, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> scores, DirectTrial trial)
        : base(scores, trial) => Model = model;

    /// <summary>The trained model.</summary>
    public TModel Model { get; }
}
