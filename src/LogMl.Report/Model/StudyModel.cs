namespace LogMl.Report.Model;

/// <summary>The study as a whole.</summary>
internal sealed record StudyModel
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The name of its storage.</summary>
    public required string Storage { get; init; }

    /// <summary>When the report was made, in milliseconds since 1970.</summary>
    public required long Written { get; init; }

    /// <summary>Whether the search was running then.</summary>
    public required bool IsRunning { get; init; }

    /// <summary>The machines; none when there is only one, and nothing to say about it.</summary>
    public required IReadOnlyList<HostModel> Hosts { get; init; }

    /// <summary>The indices of the running trials that take far longer than the others.</summary>
    public required IReadOnlyList<int> Stragglers { get; init; }

    /// <summary>What counts as such a trial, in a sentence; null when there is none.</summary>
    public required string? StragglerRule { get; init; }

    /// <summary>The objectives.</summary>
    public required IReadOnlyList<ObjectiveModel> Objectives { get; init; }

    /// <summary>The id of the sampler; null when it is not known.</summary>
    public required string? Algorithm { get; init; }

    /// <summary>The index of the best trial; null while there is none.</summary>
    public required int? Best { get; init; }

    /// <summary>The indices of the trials of the Pareto front; of the best trial for one objective.</summary>
    public required IReadOnlyList<int> Front { get; init; }

    /// <summary>Whether trials have constraints.</summary>
    public required bool HasConstraints { get; init; }

    /// <summary>What ended the search; null when it is not known.</summary>
    public required string? End { get; init; }

    /// <summary>Sentences to show.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The scores on the test part.</summary>
    public required IReadOnlyList<ScoreModel> Test { get; init; }

    /// <summary>What was gained over the defaults; null when there is no best trial, and for studies of other programs.</summary>
    public required GainModel? Gain { get; init; }

    /// <summary>What the intermediate values stand for: step or fold.</summary>
    public required string ReportedBy { get; init; }

    /// <summary>The inputs of the trials, in the order of their first trials.</summary>
    public required IReadOnlyList<InputsModel> Inputs { get; init; }

    /// <summary>The values that hold for every trial.</summary>
    public required IReadOnlyList<DeclaredModel> Declared { get; init; }

    /// <summary>The declared types.</summary>
    public required IReadOnlyList<DeclaredModel> Types { get; init; }

    /// <summary>The user attributes of the study, each as JSON.</summary>
    public required IReadOnlyList<NamedText> Attributes { get; init; }
}

/// <summary>A machine that runs trials, or has.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">alive, gone or idle.</param>
/// <param name="Since">Since when it is gone or idle, in milliseconds since 1970; null while it is alive.</param>
/// <param name="Running">The trials that run.</param>
/// <param name="Complete">Those that have a result.</param>
/// <param name="Pruned">Those that were pruned.</param>
/// <param name="Failed">Those that failed.</param>
/// <param name="Repeated">Those that were run again under another number.</param>
internal sealed record HostModel(
    string Name, string State, long? Since, int Running, int Complete, int Pruned, int Failed, int Repeated);

/// <summary>An objective.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Maximize">Whether higher is better.</param>
internal sealed record ObjectiveModel(string Name, bool Maximize);

/// <summary>A score.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
internal sealed record ScoreModel(string Name, double Value);

/// <summary>A text with a name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Text">The text.</param>
internal sealed record NamedText(string Name, string Text);

/// <summary>Inputs of trials: the code and the files from which they were computed.</summary>
/// <param name="Id">Their id.</param>
/// <param name="First">The index of the first trial with them.</param>
/// <param name="Trials">The number of trials with them.</param>
/// <param name="Difference">What is different from the present inputs; null when it is not known.</param>
internal sealed record InputsModel(string Id, int First, int Trials, string? Difference);

/// <summary>A value that holds for every trial, in YAML.</summary>
/// <param name="Step">The step; null for a value of a branch.</param>
/// <param name="Key">Its name there.</param>
/// <param name="Yaml">The value.</param>
/// <param name="Parent">The index of the choice that has the branch; -1 outside of branches.</param>
/// <param name="Option">The index of the option with the branch; -1 outside of branches.</param>
internal sealed record DeclaredModel(string? Step, string Key, string Yaml, int Parent = -1, int Option = -1);
