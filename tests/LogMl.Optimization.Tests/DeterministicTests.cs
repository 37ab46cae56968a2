using LogMl.Optimization.Numerics;
using LogMl.Optimization.Pruning;
using LogMl.Optimization.Sampling;
using LogMl.Optimization.Stopping;

namespace LogMl.Optimization.Tests;

/// <summary>A deterministic study gives the same trials on every run, whatever the speed of each trial.</summary>
public class DeterministicTests
{
    private const int Delay = 4;
    private const int Evals = 40;

    public static TheoryData<string> Names => AllSamplers.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_trials_come_from_slow_and_quick_workers_with_every_pruner(string name)
    {
        foreach (var pruner in AllPruners())
        {
            Func<Study> study = () => NewStudy(AllSamplers.Create(name, 5), pruner);
            var expected = Run(study(), pace: 0);
            Assert.Contains(expected, trial => trial.Contains("Complete", StringComparison.Ordinal));
            for (var pace = 1; pace < 3; pace++)
            {
                Assert.Equal(expected, Run(study(), pace));
            }

            // Fewer workers give the same trials, and so does a search that was cut off and goes on.
            Assert.Equal(expected, Run(study(), pace: 4, workers: 1));
            Assert.Equal(expected, Run(study(), pace: 5, workers: 2));
            Assert.Equal(expected, Resume(study, pace: 6));
        }
    }

    [Fact]
    public void One_deterministic_worker_is_an_ordinary_search_with_one_worker()
    {
        foreach (var pruner in AllPruners())
        {
            var ordinary = NewStudy(AllSamplers.Create("tpe", 5), pruner, delay: null);
            Assert.Equal(Run(ordinary, 0, workers: 1), Run(NewStudy(AllSamplers.Create("tpe", 5), pruner, delay: 1), 1));
        }
    }

    [Fact]
    public void A_trial_waits_for_the_one_that_it_depends_on_and_for_no_other()
    {
        var study = NewStudy(Samplers.Tpe(1), Pruners.None, delay: 2);
        var first = study.Ask();
        var second = study.Ask();
        Assert.True(study.MustWait);
        Assert.Null(study.CheckStopping());
        Assert.Contains(
            "Trial 2 must wait until trial 0 has ended", Assert.Throws<InvalidOperationException>(study.TryAsk).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => study.TryPropose());
        study.Tell(second, 1);
        Assert.True(study.MustWait);
        study.Tell(first, 1);
        Assert.False(study.MustWait);
        Assert.Equal(2, study.Ask().Number);
        Assert.False(study.MustWait);
        Assert.Throws<ArgumentOutOfRangeException>(() => NewStudy(Samplers.Tpe(1), Pruners.None, delay: 0));
    }

    [Fact]
    public void A_pruner_knows_the_trials_up_to_the_delay_and_the_trial_itself()
    {
        var study = NewStudy(Samplers.Random(1), Pruners.Median(new() { StartupTrials = 1 }), delay: 2);
        var good = study.Ask();
        var other = study.Ask();
        good.Report(0, 0);
        study.Tell(good, 0);
        other.Report(9, 0);

        // The ordinary pruner would end it: the median at this step is 0.
        Assert.False(other.ShouldPrune());
        var third = study.Ask();
        third.Report(9, 0);
        Assert.True(third.ShouldPrune());
        study.Restart(third);
        third.Report(-1, 0);
        Assert.False(third.ShouldPrune());
    }

    [Fact]
    public void Stopping_criteria_end_the_search_at_the_same_trial_and_reused_results_are_the_same()
    {
        foreach (var criterion in (StoppingCriterion[])
            [StoppingCriteria.LossThreshold(0.5), StoppingCriteria.NoImprovement(6), new TenKnown()])
        {
            Func<Study> study = () => new Study(
                new SearchSpace { ["n"] = Distribution.UniformInt(0, 12) },
                new StudyOptions
                {
                    Sampler = Samplers.Tpe(3, new() { StartupTrials = 5 }),
                    Stopping = [criterion],
                    Duplicates = DuplicateHandling.Reuse,
                    DeterministicWorkers = Delay,
                });
            var expected = Run(study(), pace: 0);
            Assert.InRange(expected.Count, 5, Evals - 1);
            for (var pace = 1; pace < 12; pace++)
            {
                Assert.Equal(expected, Run(study(), pace));
                Assert.Equal(expected, Resume(study, pace));
            }
        }
    }

    [Fact]
    public void Points_that_search_constraints_refuse_are_the_same_too()
    {
        foreach (var sampler in (string[])["tpe", "auto", "random"])
        {
            Func<Study> study = () => new Study(
                TestSpaces.AllDistributions(),
                new StudyOptions
                {
                    Sampler = AllSamplers.Create(sampler, 5),
                    SearchConstraints = [new SearchConstraint("small", point => point["uniform"] * point["uniformint"] < 20)],
                    DeterministicWorkers = Delay,
                });
            var expected = Run(study(), pace: 0);
            Assert.Equal(Evals, expected.Count);
            for (var pace = 1; pace < 4; pace++)
            {
                Assert.Equal(expected, Run(study(), pace));
                Assert.Equal(expected, Resume(study, pace));
            }
        }
    }

    [Fact]
    public void Custom_samplers_and_pruners_see_what_built_in_ones_see()
    {
        Func<Study> study = () => NewStudy(new FollowsTheBest(), new WorseThanBest());
        var expected = Run(study(), pace: 0);
        Assert.Contains(expected, trial => trial.Contains("Pruned", StringComparison.Ordinal));
        for (var pace = 1; pace < 12; pace++)
        {
            Assert.Equal(expected, Run(study(), pace));
        }
    }

    [Fact]
    public async Task Optimize_runs_so_many_trials_at_once_and_gives_the_same_ones_with_threads_and_tasks()
    {
        string[] expected = [.. Run(NewStudy(Samplers.Tpe(5), Pruners.None), pace: 0, isSteady: true)];
        var options = new OptimizeOptions { MaxEvals = Evals, Workers = Delay + 1 };
        for (var i = 0; i < 3; i++)
        {
            var pace = i;
            var threads = NewStudy(Samplers.Tpe(5), Pruners.None);
            threads.Optimize(
                trial =>
                {
                    Thread.SpinWait((int)new RandomStream(pace, trial.Number).NextBelow(100_000));
                    return TestSpaces.SumOfSquares(trial);
                },
                options);
            Assert.Equal(expected, threads.Trials.Select(Text));

            var tasks = NewStudy(Samplers.Tpe(5), Pruners.None);
            await tasks.OptimizeAsync(
                async (trial, token) =>
                {
                    await Task.Delay((int)new RandomStream(pace, trial.Number).NextBelow(4), token);
                    return TestSpaces.SumOfSquares(trial);
                },
                options);
            Assert.Equal(expected, tasks.Trials.Select(Text));
        }
    }

    private static Pruner[] AllPruners() =>
    [
        Pruners.None, Pruners.Median(new() { StartupTrials = 2 }), Pruners.SuccessiveHalving(), Pruners.Hyperband(),
        Pruners.Patient(1, Pruners.Percentile(40, new() { StartupTrials = 2 })), Pruners.Wilcoxon(),
        Pruners.Threshold(upper: 900),
    ];

    private static Study NewStudy(Sampler sampler, Pruner pruner, int? delay = Delay) => new(
        TestSpaces.AllDistributions(),
        new StudyOptions { Sampler = sampler, Pruner = pruner, DeterministicWorkers = delay });

    /// <summary>Virtual workers: which of the running trials goes on for a step is drawn anew for each pace.</summary>
    private static IReadOnlyList<string> Run(
        Study study, int pace, int workers = Delay, int actions = int.MaxValue, bool isSteady = false)
    {
        var running = new List<Trial>(study.Trials.Where(trial => trial.State == TrialState.Running));
        var random = new RandomStream(pace, 1);
        for (; actions > 0; actions--)
        {
            if (running.Count < workers && study.Trials.Count < Evals && !study.MustWait && study.CheckStopping() is null
                && study.TryAsk() is { } asked)
            {
                if (asked.State == TrialState.Running)
                {
                    running.Add(asked);
                }

                continue;
            }

            if (running.Count == 0)
            {
                break;
            }

            var trial = running[(int)random.NextBelow((ulong)running.Count)];
            if (isSteady)
            {
                study.Tell(trial, TestSpaces.SumOfSquares(trial));
            }
            else
            {
                Step(study, trial);
            }

            running.RemoveAll(one => one.State != TrialState.Running);
        }

        return [.. study.Trials.Select(Text)];
    }

    /// <summary>What a trial does is a function of its point: four reports, and then its end.</summary>
    private static void Step(Study study, Trial trial)
    {
        var loss = Math.Sqrt(TestSpaces.SumOfSquares(trial));
        var step = trial.Reports.Count;
        if (step < 4)
        {
            trial.Report(loss + Math.Sin(loss * (step + 1)), step);
            if (trial.ShouldPrune())
            {
                study.TellPruned(trial);
            }
        }
        else if (trial.Number % 7 == 3)
        {
            study.TellFailed(trial);
        }
        else
        {
            study.Tell(trial, loss);
        }
    }

    /// <summary>Cuts a search off in the middle. What was told is stored; trials that were running start again.</summary>
    private static IReadOnlyList<string> Resume(Func<Study> create, int pace)
    {
        var first = create();
        Run(first, pace, actions: 60);
        var second = create();
        foreach (var old in first.Trials)
        {
            var trial = second.Ask(old.Values);
            foreach (var (step, value) in old.Reports.Where(_ => old.State != TrialState.Running))
            {
                trial.Report(value, step);
            }

            switch (old.State)
            {
                case TrialState.Complete:
                    second.Tell(trial, old.Objectives[0]);
                    break;
                case TrialState.Pruned:
                    second.TellPruned(trial);
                    break;
                case TrialState.Failed:
                    second.TellFailed(trial);
                    break;
                default:
                    break;
            }
        }

        return Run(second, pace + 100);
    }

    // A study that is rebuilt has 0 where a sampler proposed -0.
    private static string Text(Trial trial) =>
        $"{trial.State} {trial.Reports.Count} {string.Join(' ', trial.Values.Values.Select(x => BitConverter.DoubleToInt64Bits(x + 0.0)))}";

    private sealed class TenKnown() : CustomStoppingCriterion
    {
        protected override string? FindEnd(StudyHistory history) =>
            history.Trials.Count(trial => trial.State == TrialState.Complete) >= 10 ? "Ten trials are known." : null;
    }

    private sealed class FollowsTheBest() : CustomSampler("follows-the-best/1", 1)
    {
        protected override void Propose(Proposal proposal)
        {
            var known = proposal.History.Trials.Count(trial => trial.State != TrialState.Running || trial.Reports.Count > 0);
            var uniform = proposal.History.Parameters.Single(parameter => parameter.Name == "uniform");
            var best = proposal.History.BestTrial?.GetDouble("uniform") ?? 0;
            proposal.Set(uniform, Math.Clamp(best + Math.Sin(known), -5, 10));
        }
    }

    private sealed class WorseThanBest() : CustomPruner("worse-than-best")
    {
        protected override bool ShouldPrune(StudyHistory history, TrialView trial) =>
            history.Trials.Count(other => other.State != TrialState.Running) > 3
            && trial.Reports[0] > history.Trials.Sum(other => other.Reports.Count) * 5;
    }
}
