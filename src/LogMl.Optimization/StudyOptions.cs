using LogMl.Optimization.Pruning;
using LogMl.Optimization.Sampling;
using LogMl.Optimization.Stopping;

namespace LogMl.Optimization;

/// <summary>How a study searches.</summary>
public sealed record StudyOptions
{
    /// <summary>Who proposes the points, from <see cref="Samplers"/>, or a <see cref="CustomSampler"/>.</summary>
    public required Sampler Sampler { get; init; }

    /// <summary>The direction of each objective; at least one. By default one that is minimized.</summary>
    public IReadOnlyList<Direction> Directions { get; init; } = [Direction.Minimize];

    /// <summary>
    /// Who decides which trials are given up before their end, from <see cref="Pruners"/>, or a <see cref="CustomPruner"/>; by default nobody. Only for one objective.
    /// </summary>
    public Pruner Pruner { get; init; } = Pruners.None;

    /// <summary>
    /// What ends the search before its maximum of trials, from <see cref="StoppingCriteria"/>, or a <see cref="CustomStoppingCriterion"/>; by default nothing. Only for one
    /// objective. <see cref="Study.CheckStopping"/> asks them.
    /// </summary>
    public IReadOnlyList<StoppingCriterion> Stopping { get; init; } = [];

    /// <summary>
    /// Values of parameters that are not searched, as in <see cref="Trial.Values"/>; <see cref="SearchSpace.Values"/> gives them for
    /// options. A parameter of a branch has its value wherever it exists.
    /// </summary>
    public IReadOnlyDictionary<string, double> Fixed { get; init; } = new Dictionary<string, double>();

    /// <summary>What to do with a point that has been tried before; by default it is evaluated again.</summary>
    public DuplicateHandling Duplicates { get; init; }
}
