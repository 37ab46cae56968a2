namespace LogMl.Configuration.Model;

/// <summary>In which runs of a workflow a step runs.</summary>
public enum StepPhase
{
    /// <summary>A stage: its result is kept for trials with the same parameters of this and the earlier stages.</summary>
    Stage,

    /// <summary>In every trial.</summary>
    Trial,

    /// <summary>In full runs only.</summary>
    FullRun,

    /// <summary>In no run: after each trial of a search, in a process of its own.</summary>
    AfterTrial,
}

/// <summary>A step of a workflow.</summary>
/// <param name="Name">The name that Log(ML) gave it.</param>
/// <param name="Phase">In which runs it runs.</param>
/// <param name="Takes">The data that its method can take, in the order in which it is given out.</param>
/// <param name="Gives">What its method must return, for messages; null when it may return anything.</param>
public sealed record Step(string Name, StepPhase Phase, IReadOnlyList<StepInput> Takes, string? Gives)
{
    internal const string WholeDataset = "the data set";

    /// <summary>Its name in old files of Log(ML), which is accepted too; null when there is none.</summary>
    public string? OldName { get; init; }

    /// <summary>Whether it is a stage that takes the data set and gives it changed.</summary>
    public bool ChangesDataset => Gives == WholeDataset;
}

/// <summary>The steps of a workflow, one row each.</summary>
public static class StepTable
{
    /// <summary>All steps, in the order in which a workflow runs them.</summary>
    public static EquatableArray<Step> All { get; } = EquatableArray.Of<Step>(
        new("dataset_load", StepPhase.Stage, Takes(), "a data set, or null when there is nothing to load"),
        new("dataset_create", StepPhase.Stage, Takes(), "a data set"),
        new("dataset_augment", StepPhase.Stage, Takes(StepInput.Dataset), Step.WholeDataset) { OldName = "augment" },
        new("dataset_preprocess", StepPhase.Stage, Takes(StepInput.Dataset), Step.WholeDataset) { OldName = "preprocess" },
        new("dataset_split", StepPhase.Stage, Takes(StepInput.Dataset), "a tuple (train, validate, test) or (train, validate)"),
        new("dataset_inout", StepPhase.Stage, Takes(StepInput.Part, StepInput.PartName), "a tuple (x, y)"),
        new("dataset_save", StepPhase.FullRun, Takes(StepInput.Dataset, StepInput.Parts), null),
        new("model_create", StepPhase.Trial, Takes(StepInput.Pair, StepInput.Train), "the model"),
        new("model_train", StepPhase.Trial, Takes(StepInput.Model, StepInput.Pair, StepInput.Train), null),
        new(
            "model_evaluate", StepPhase.Trial, Takes(StepInput.Model, StepInput.Pair, StepInput.Part, StepInput.PartName),
            "the loss (a number), or a record of metrics with a number named Loss"),
        new("model_predict", StepPhase.FullRun, Takes(StepInput.Model, StepInput.Pair, StepInput.Part, StepInput.PartName), null),
        new("model_save", StepPhase.FullRun, Takes(StepInput.Model), null),
        new(
            "trial_finished", StepPhase.AfterTrial, Takes(StepInput.FinishedTrial, StepInput.Study),
            "nothing; to end the search it takes an IStudy"));

    /// <summary>The names of all steps, in the same order.</summary>
    public static EquatableArray<string> Names { get; } = All.Select(step => step.Name).ToEquatableArray();

    /// <summary>The step of a canonical name.</summary>
    public static Step Find(string name) => All.First(step => step.Name == name);

    /// <summary>The canonical name of a step, given that or one of Log(ML)'s old names; null when there is no such step.</summary>
    public static string? Canonical(string name) => All.FirstOrDefault(step => step.Name == name || step.OldName == name)?.Name;

    private static StepInput[] Takes(params StepInput[] inputs) => inputs;
}
