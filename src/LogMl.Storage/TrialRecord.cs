namespace LogMl.Storage;

/// <summary>A trial as the storage has it.</summary>
/// <param name="Id">The key in the storage, unique over all studies.</param>
/// <param name="Number">The number in the study: 0, 1, 2 and so on in the order of creation.</param>
/// <param name="State">Where the trial is in its life.</param>
internal sealed record TrialRecord(long Id, int Number, StoredState State)
{
    /// <summary>When it was started, in UTC by the clock of the database; null while it waits.</summary>
    public DateTime? Started { get; init; }

    /// <summary>When it ended, in UTC by the clock of the database; null before.</summary>
    public DateTime? Completed { get; init; }

    /// <summary>
    /// Who runs it (<see cref="StudyStorage.Owner"/>); null when it does not run, or is run by another program than this one.
    /// </summary>
    public string? Owner { get; init; }

    /// <summary>The values of the parameters by name: the number itself, or the index of an option.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Parameters { get; init; } = [];

    /// <summary>The values of the objectives, in their order; those of a pruned trial are its last intermediate value.</summary>
    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>The intermediate values in the order of their steps.</summary>
    public IReadOnlyList<(int Step, double Value)> Reports { get; init; } = [];

    /// <summary>The values of the constraints; at most 0 where one is kept.</summary>
    public IReadOnlyList<double> Constraints { get; init; } = [];

    /// <summary>
    /// What users have noted about it: JSON by name, in the order in which it was noted first. Without what LogMl itself notes.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> UserAttributes { get; init; } = [];

    /// <summary>
    /// The values that a waiting trial shall have, by name, as a JSON object with options instead of indices; null for none.
    /// </summary>
    public string? FixedParametersJson { get; init; }

    /// <summary>
    /// The numbers of the failed trials of which this one is the repetition, the first one first; empty for a trial that is none.
    /// </summary>
    public IReadOnlyList<int> RetryHistory { get; init; } = [];

    /// <summary>
    /// How many of the runs in <see cref="RetryHistory"/> were over when somebody asked for a further one
    /// (<see cref="StudyStorage.TryRepeat"/>): what was repeated then is no retry of a run that was cut off.
    /// </summary>
    public int WantedRuns { get; init; }

    /// <summary>
    /// The numbers of the earlier runs whose results the end of this one replaces; empty for a trial that nobody has asked for.
    /// </summary>
    public IReadOnlyList<int> Replaces => WantedRuns > 0 ? RetryHistory : [];
}
