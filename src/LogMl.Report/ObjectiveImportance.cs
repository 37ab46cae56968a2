namespace LogMl.Report;

/// <summary>The importance of each parameter for an objective.</summary>
public sealed record ObjectiveImportance
{
    /// <summary>The index of the objective, from 0.</summary>
    public required int Objective { get; init; }

    /// <summary>By parameter its share in the variance of the objective over the whole space, from 0 to 1, the greatest first.</summary>
    public required IReadOnlyList<KeyValuePair<string, double>> Fanova { get; init; }

    /// <summary>
    /// By parameter its share in what makes trials good, the greatest first. Their sum is 1, or 0 when no parameter has any.
    /// </summary>
    public required IReadOnlyList<KeyValuePair<string, double>> PedAnova { get; init; }

    /// <summary>The number of complete trials from which the importance is estimated.</summary>
    public required int Trials { get; init; }

    /// <summary>The number of complete trials that the study has.</summary>
    public required int CompleteTrials { get; init; }
}
