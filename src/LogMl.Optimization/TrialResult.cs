namespace LogMl.Optimization;

/// <summary>The result of a trial: the values of its objectives and, if there are any, of its constraints.</summary>
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
    /// The value of each constraint: at most 0 if it is satisfied, otherwise the amount of the violation. NaN is an infinite violation.
    /// Constraints should have comparable scales, because samplers prefer the smaller sum of violations.
    /// </summary>
    public IReadOnlyList<double> Constraints { get; init; } = [];

    /// <summary>Whether all constraints are satisfied.</summary>
    public bool IsFeasible => TrialView.ViolationOf(Constraints) == 0;
}
