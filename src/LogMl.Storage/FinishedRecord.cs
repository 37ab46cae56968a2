namespace LogMl.Storage;

/// <summary>A trial that has ended, as it is added to a new study.</summary>
/// <param name="State">How it ended: complete or pruned.</param>
/// <param name="Parameters">Its whole point.</param>
internal sealed record FinishedRecord(StoredState State, IReadOnlyList<ParameterRecord> Parameters)
{
    /// <summary>When it was started, in UTC.</summary>
    public DateTime? Started { get; init; }

    /// <summary>When it ended, in UTC.</summary>
    public DateTime? Completed { get; init; }

    /// <summary>As in <see cref="TrialRecord"/>.</summary>
    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>As in <see cref="TrialRecord"/>.</summary>
    public IReadOnlyList<double> Constraints { get; init; } = [];

    /// <summary>As in <see cref="TrialRecord"/>.</summary>
    public IReadOnlyList<(int Step, double Value)> Reports { get; init; } = [];

    /// <summary>All user attributes, those of LogMl included: JSON by key.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}
