namespace LogMl.Report.Model;

/// <summary>The trials: each column has a value for each trial. Texts are indices, and -1 for none.</summary>
internal sealed record TrialColumns
{
    /// <summary>The numbers.</summary>
    public required int[] Number { get; init; }

    /// <summary>The states, a letter for each trial (<see cref="Reading.TrialLetter"/>).</summary>
    public required string State { get; init; }

    /// <summary>When they started, in milliseconds since <see cref="Origin"/>.</summary>
    public required double?[] Start { get; init; }

    /// <summary>When the first trial started, in milliseconds since 1970.</summary>
    public required long Origin { get; init; }

    /// <summary>How long they ran, in seconds.</summary>
    public required double?[] Seconds { get; init; }

    /// <summary>The values of each objective, in its own sign; null where a trial has no result.</summary>
    public required IReadOnlyList<double?[]> Objectives { get; init; }

    /// <summary>The last values that pruned trials have reported; null where there are none.</summary>
    public required double?[]? LastReport { get; init; }

    /// <summary>The sum of violated constraints; null for a study without constraints.</summary>
    public required double?[]? Violation { get; init; }

    /// <summary>The values of each parameter: a number, or the index of an option; null where a trial has none.</summary>
    public required IReadOnlyList<double?[]> Values { get; init; }

    /// <summary>The scores besides the objectives.</summary>
    public required IReadOnlyList<MetricColumn> Metrics { get; init; }

    /// <summary>The machines.</summary>
    public required int[] Host { get; init; }

    /// <summary>What a scheduler calls the workers, and their GPUs.</summary>
    public required int[] Worker { get; init; }

    /// <summary>Why a trial failed, or is left out.</summary>
    public required int[] Reason { get; init; }

    /// <summary>The steps in which trials failed.</summary>
    public required int[] Step { get; init; }

    /// <summary>The stack traces.</summary>
    public required int[] Stack { get; init; }

    /// <summary>The ends of what failed trials printed.</summary>
    public required int[] Log { get; init; }

    /// <summary>The user attributes: a JSON object.</summary>
    public required int[] Attributes { get; init; }
}

/// <summary>A score of the trials besides the objectives.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">The values.</param>
internal sealed record MetricColumn(string Name, double?[] Values);
