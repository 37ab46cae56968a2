namespace LogMl.Storage;

/// <summary>The value of a parameter with its distribution, as a trial stores both.</summary>
/// <param name="Name">The name; at most 512 characters.</param>
/// <param name="Value">The number itself, or the index of an option.</param>
/// <param name="DistributionJson">The distribution in Optuna's JSON.</param>
public sealed record ParameterRecord(string Name, double Value, string DistributionJson);

/// <summary>How a trial ended.</summary>
/// <param name="State">Complete, pruned or failed.</param>
/// <param name="Values">The values of the objectives; for a pruned trial its last intermediate value, if it is a number; else none.</param>
public sealed record TrialEnding(StoredState State, IReadOnlyList<double> Values)
{
    /// <summary>The values of the constraints.</summary>
    public IReadOnlyList<double> Constraints { get; init; } = [];

    /// <summary>What is noted about the trial (Optuna's user attributes): JSON by key.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>The numbers of the earlier runs (<see cref="TrialRecord.Replaces"/>): what results they have is withdrawn in the same transaction, and they are failed.</summary>
    public IReadOnlyList<int> Replaces { get; init; } = [];
}
