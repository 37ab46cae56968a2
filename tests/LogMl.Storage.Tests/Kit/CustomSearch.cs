using LogMl.Optimization;
using LogMl.Optimization.Pruning;
using LogMl.Optimization.Sampling;
using LogMl.Optimization.Stopping;

namespace LogMl.Storage.Tests.Kit;

// docs/engine.md shows everything below this line.

/// <summary>Searches near the best trial. The first trials and every fourth one are random.</summary>
internal sealed class LocalSearch(long seed) : CustomSampler("local-search/1", seed)
{
    protected override void Propose(Proposal proposal)
    {
        if (proposal.Number % 4 == 0 || proposal.History.BestTrial is not { } best)
        {
            return;     // what is left open is drawn from its distribution
        }

        foreach (var parameter in proposal.OpenParameters().Where(parameter => best.IsActive(parameter.Name)))
        {
            var around = parameter.Distribution.Cdf(best.GetDouble(parameter.Name)) + 0.1 * (proposal.Random.NextDouble() - 0.5);
            proposal.Set(parameter, parameter.Distribution.Quantile(Math.Clamp(around, 0.001, 0.999)));
        }
    }
}

/// <summary>Prunes a trial that is worse than a limit at a step.</summary>
internal sealed class HopelessPruner(int step, double limit) : CustomPruner("hopeless")
{
    protected override bool ShouldPrune(StudyHistory history, TrialView trial) =>
        trial.Reports.TryGetValue(step, out var value) && value > limit;
}

/// <summary>Ends the search when enough trials are good.</summary>
internal sealed class EnoughGoodTrials(int count, double loss) : CustomStoppingCriterion
{
    protected override string? FindEnd(StudyHistory history) =>
        history.Trials.Count(trial => trial.Loss < loss) >= count ? "There are enough good trials." : null;
}
