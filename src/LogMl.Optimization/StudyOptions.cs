namespace LogMl.Optimization;

/// <summary>How a study searches.</summary>
public sealed record StudyOptions
{
    /// <summary>Who proposes the points, from <see cref="Samplers"/>.</summary>
    public required Sampler Sampler { get; init; }

    /// <summary>The direction of each objective; at least one. By default one that is minimized.</summary>
    public IReadOnlyList<Direction> Directions { get; init; } = [Direction.Minimize];

    /// <summary>
    /// Who decides which trials are given up before their end, from <see cref="Pruners"/>; by default nobody. Only for one objective.
    /// </summary>
    public Pruner Pruner { get; init; } = Pruners.None;
}
