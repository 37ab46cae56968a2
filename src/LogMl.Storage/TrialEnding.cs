namespace LogMl.Storage;

/// <summary>How a trial ended.</summary>
/// <param name="State">Complete, pruned or failed.</param>
/// <param name="Values">The values of the objectives; for a pruned trial its last intermediate value, if it is a number; else none.</param>
internal sealed record TrialEnding(StoredState State, IReadOnlyList<double> Values)
{
    /// <summary>The values of the constraints.</summary>
    public IReadOnlyList<double> Constraints { get; init; } = [];

    /// <summary>The user attributes of the trial: JSON by key.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The numbers of the earlier runs (<see cref="TrialRecord.Replaces"/>). The same transaction fails them, and removes their results.
    /// </summary>
    public IReadOnlyList<int> Replaces { get; init; } = [];
}
