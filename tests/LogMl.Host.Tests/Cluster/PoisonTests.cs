using LogMl.Host.Tests.Faults;
using LogMl.Storage;
using LogMl.TestKit.Postgres;

namespace LogMl.Host.Tests.Cluster;

/// <summary>Trials that kill the process, or the whole host, that runs them.</summary>
public sealed class PoisonTests
{
    private const int MaxRetries = 2;

    [PostgresTheory]
    [InlineData("poison=4", "a trial kills each process that runs it")]
    [InlineData("poison_host=4", "a trial kills each host that runs it")]
    public void A_trial_that_kills_whatever_runs_it_is_given_up_and_the_study_goes_on(string action, string fault)
    {
        var evals = FaultTable.IsLong ? 200 : 30;
        IReadOnlyList<TrialRecord> trials = [];
        var drill = new Drill(fault + ", two nodes", 1).Run(
            () => new SharedStudy { MaxEvals = evals, MaxRetries = MaxRetries, Actions = action, MayRunAgain = true },
            ["a", "b"],
            (study, _) =>
            {
                trials = study.Read();
                Thread.Sleep(50);
                return trials.Count(trial => trial.RetryHistory.Count == 0) == evals;
            });

        // All that were given up are poison, and had as many tries as is documented. That is proven for each in SharedStudy.Prove.
        var poison = trials.Where(trial => trial.RetryHistory.Count == 0 && X(trial) > 4).ToArray();
        Assert.NotEmpty(poison);
        var counts = Assert.Single(drill.Counts);
        Assert.Equal(poison.Length, counts.GivenUp);
        Assert.InRange(counts.Repeated, MaxRetries * poison.Length, int.MaxValue);
    }

    private static double X(TrialRecord trial) =>
        trial.Parameters.FirstOrDefault(pair => pair.Key.EndsWith(".x", StringComparison.Ordinal)).Value;
}
