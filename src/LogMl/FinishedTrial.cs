using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Json;
using LogMl.Shared;

namespace LogMl;

/// <summary>A trial that has ended, for the step <c>trial_finished</c>.</summary>
/// <remarks>A method of that step that takes <c>WorkflowParameters</c>, too, gets the parameters of the trial with their types.</remarks>
public sealed record FinishedTrial
{
    /// <summary>The trial's number in its study, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>How it ended.</summary>
    public required FinishedTrialState State { get; init; }

    /// <summary>
    /// The values of the objectives by name, as model_evaluate gave them: of <c>loss</c>, unless the YAML file names others. Empty unless
    /// the trial is complete.
    /// </summary>
    public IReadOnlyDictionary<string, double> Objectives { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>
    /// All that model_evaluate gave for the validation part, by name: <c>loss</c>, and each metric in snake_case. Empty unless the trial is
    /// complete. Metrics need not be finite.
    /// </summary>
    public IReadOnlyDictionary<string, double> Scores { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>The loss; null unless the trial is complete, and when model_evaluate gives none.</summary>
    public double? Loss => Scores.TryGetValue(ObjectiveWords.Loss, out var loss) ? loss : null;

    /// <summary>Whether it is complete and keeps all constraints.</summary>
    public bool IsFeasible { get; init; }

    /// <summary>
    /// Whether it was the best trial of the study when it ended: <see cref="IStudy.Best"/> has its number. With several objectives a later
    /// trial that moves the front can make this one the best, or the best again. So to see whether a search makes progress, take
    /// <see cref="IsOnFront"/> then.
    /// </summary>
    public bool IsBest { get; init; }

    /// <summary>
    /// Whether it was in the Pareto front of the study when it ended: it is complete, keeps all constraints, and no other trial that does
    /// is as good in each objective and better in one. A trial with the values of one in the front is in the front, too. A later trial may
    /// take it out. With one objective the front is the best trial, so that this is <see cref="IsBest"/>.
    /// </summary>
    public bool IsOnFront { get; init; }

    /// <summary>
    /// The values of the searched parameters by their full names, <c>model_train.learning_rate</c>. For a choice the value is the option,
    /// or the name of the branch.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement> Parameters { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>The user attributes that the steps of the trial have set.</summary>
    public IReadOnlyDictionary<string, JsonElement> UserAttributes { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>Why it failed, in one line; null unless it failed.</summary>
    public string? Failure { get; init; }

    /// <summary>How long it ran.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>
    /// The absolute path of the trial's folder. It exists when the trial has written something, and may be created.
    /// </summary>
    public string Directory { get; init; } = "";

    /// <summary>Its values in one line, in the invariant culture.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{nameof(FinishedTrial)} {{ Number = {Number}, State = {State}, Objectives = {RecordText.Of(Objectives)}, "
        + $"Scores = {RecordText.Of(Scores)}, IsFeasible = {IsFeasible}, IsBest = {IsBest}, IsOnFront = {IsOnFront}, "
        + $"Parameters = {RecordText.Of(Parameters)}, UserAttributes = {RecordText.Of(UserAttributes)}, "
        + $"{(Failure is null ? "" : $"Failure = {Failure}, ")}Duration = {Duration}, Directory = {Directory} }}");
}

/// <summary>How a trial ended.</summary>
public enum FinishedTrialState
{
    /// <summary>It has the values of all objectives.</summary>
    Complete,

    /// <summary>The pruner gave it up before its end.</summary>
    Pruned,

    /// <summary>It threw, its process died, it reached a limit, or an objective is no finite number.</summary>
    Failed,
}
