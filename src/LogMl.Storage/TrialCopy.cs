namespace LogMl.Storage;

/// <summary>A whole trial as its tables have it.</summary>
/// <param name="Number">Its number in the study.</param>
/// <param name="State">Its state.</param>
internal sealed record TrialCopy(int Number, StoredState State)
{
    /// <summary>When it was started, in UTC.</summary>
    public DateTime? Started { get; init; }

    /// <summary>When it ended, in UTC.</summary>
    public DateTime? Completed { get; init; }

    /// <summary>The values of the parameters with their distributions. A value that is no number is NaN.</summary>
    public List<ParameterRecord> Parameters { get; init; } = [];

    /// <summary>The values by the index of their objective.</summary>
    public List<(int Objective, double Value)> Values { get; init; } = [];

    /// <summary>The intermediate values.</summary>
    public List<(int Step, double Value)> Reports { get; init; } = [];

    /// <summary>The user attributes: JSON by key.</summary>
    public List<KeyValuePair<string, string>> UserAttributes { get; init; } = [];

    /// <summary>The system attributes: JSON by key.</summary>
    public List<KeyValuePair<string, string>> SystemAttributes { get; init; } = [];
}
