using LogMl.Optimization.Pruning;
using LogMl.Optimization.Sampling;
using LogMl.Optimization.Stopping;

namespace LogMl.Optimization;

/// <summary>How a study searches.</summary>
public sealed record StudyOptions
{
    /// <summary>Proposes the points: one of <see cref="Samplers"/> or a <see cref="CustomSampler"/>.</summary>
    public required Sampler Sampler { get; init; }

    /// <summary>The direction of each objective, at least one. The default is one objective that is minimized.</summary>
    public IReadOnlyList<Direction> Directions { get; init; } = [Direction.Minimize];

    /// <summary>
    /// Decides which running trials to prune: one of <see cref="Pruners"/> or a <see cref="CustomPruner"/>. The default prunes none.
    /// Studies with several objectives do not prune.
    /// </summary>
    public Pruner Pruner { get; init; } = Pruners.None;

    /// <summary>
    /// Criteria that end the search before its maximum number of trials, each from <see cref="StoppingCriteria"/> or a
    /// <see cref="CustomStoppingCriterion"/>. The default is none. They need a single objective. <see cref="Study.CheckStopping"/>
    /// evaluates them.
    /// </summary>
    public IReadOnlyList<StoppingCriterion> Stopping { get; init; } = [];

    /// <summary>
    /// Values of parameters that are not searched, as in <see cref="Trial.Values"/>; <see cref="SearchSpace.Values"/> makes them from
    /// options. A fixed parameter of a branch has this value in the trials that choose the branch.
    /// </summary>
    public IReadOnlyDictionary<string, double> Fixed { get; init; } = new Dictionary<string, double>();

    /// <summary>
    /// The number of workers of a search that gives the same trials on every run, however long each trial takes; at least 1. Trial n then
    /// depends on the results of the trials up to n - DeterministicWorkers alone: to samplers, pruners, stopping criteria and
    /// <see cref="DuplicateHandling.Reuse"/>, all later ones are running. So trial n starts when those have ended
    /// (<see cref="Study.MustWait"/>), and that many trials run at most. Fewer workers give the same trials. Null for a search that uses
    /// each result at once.
    /// </summary>
    public int? DeterministicWorkers { get; init; }

    /// <summary>
    /// Relations between parameters that every proposed and enqueued point must keep, such as a product that must stay below a limit.
    /// Their names differ. The default is none. For constraints on results, see <see cref="TrialResult.Constraints"/>.
    /// </summary>
    public IReadOnlyList<SearchConstraint> SearchConstraints { get; init; } = [];

    /// <summary>What to do with a point that has been tried before. The default evaluates it again.</summary>
    public DuplicateHandling Duplicates { get; init; }
}
