using System.Collections.ObjectModel;
using System.Text.Json;
using LogMl.Optimization;

namespace LogMl.Storage;

/// <summary>A trial as it is stored.</summary>
/// <param name="Id">The key in the storage, unique over all studies.</param>
/// <param name="Number">The number in the study: 0, 1, 2 and so on in the order of creation.</param>
/// <param name="State">Its state.</param>
internal sealed record TrialRecord(long Id, int Number, StoredState State)
{
    /// <summary>When it was started, in UTC by the clock of the database; null while it waits.</summary>
    public DateTime? Started { get; init; }

    /// <summary>When it ended, in UTC by the clock of the database; null before.</summary>
    public DateTime? Completed { get; init; }

    /// <summary>
    /// The process that runs it (<see cref="StudyStorage.Owner"/>); null when it does not run, or when another program runs it.
    /// </summary>
    public string? Owner { get; init; }

    /// <summary>The values of the parameters by name: the number itself, or the index of an option.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Parameters { get; init; } = [];

    /// <summary>The values of the objectives, in their order; those of a pruned trial are its last intermediate value.</summary>
    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>The intermediate values in the order of their steps.</summary>
    public IReadOnlyList<(int Step, double Value)> Reports { get; init; } = [];

    /// <summary>The values of the constraints. A constraint is satisfied when its value is at most 0.</summary>
    public IReadOnlyList<double> Constraints { get; init; } = [];

    /// <summary>The sum of the violated constraints; 0 for a feasible trial.</summary>
    public double Violation => TrialView.ViolationOf(Constraints);

    /// <summary>
    /// The user attributes: JSON by name, in the order in which they were first set. Without the attributes that LogMl itself sets.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> UserAttributes { get; init; } = [];

    /// <summary>The values of a waiting trial as a JSON object by name, with options instead of indices; null for none.</summary>
    public string? FixedParametersJson { get; init; }

    /// <summary>
    /// The values of parameters that were not in the space when it ran, though another space of the study has searched them
    /// (<see cref="Encoding.FixedValues"/>).
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement> Fixed { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>The numbers of the failed trials that this one repeats, in their order; empty for a trial that is no repetition.</summary>
    public IReadOnlyList<int> RetryHistory { get; init; } = [];

    /// <summary>
    /// How many of the runs in <see cref="RetryHistory"/> came before a requested repetition (<see cref="StudyStorage.TryRepeat"/>). They
    /// do not count as retries.
    /// </summary>
    public int WantedRuns { get; init; }

    /// <summary>
    /// The numbers of the earlier runs whose results are replaced when this one ends; empty for a trial that was not requested.
    /// </summary>
    public IReadOnlyList<int> Replaces => WantedRuns > 0 ? RetryHistory : [];
}
