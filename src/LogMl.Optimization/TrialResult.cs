namespace LogMl.Optimization;

/// <summary>What a trial gave: the values of the objectives and, if there are any, of the constraints.</summary>
public sealed record TrialResult
{
    /// <summary>Creates a result.</summary>
    /// <param name="objectives">The value of each objective, in the order of <see cref="StudyOptions.Directions"/>. A value that is NaN or
    /// infinite makes the trial failed.</param>
    public TrialResult(params IReadOnlyList<double> objectives)
    {
        ArgumentNullException.ThrowIfNull(objectives);
        Objectives = objectives;
    }

    /// <summary>The value of each objective.</summary>
    public IReadOnlyList<double> Objectives { get; }

    /// <summary>
    /// The value of each constraint: at most 0 when it is kept, otherwise by how much it is violated. Constraints should have comparable
    /// scales, because samplers prefer the smaller sum of violations. NaN counts as infinitely violated.
    /// </summary>
    public IReadOnlyList<double> Constraints { get; init; } = [];
}
