namespace LogMl.Optimization.Tests;

/// <summary>Threads read a study while others ask, tell and report.</summary>
public class ConcurrentReadingTests
{
    [Fact]
    public void Trials_reports_and_the_best_trial_can_be_read_while_other_threads_ask_report_and_tell()
    {
        const int Trials = 4000;
        var study = TestSpaces.NewStudy(TestSpaces.AllDistributions(), Samplers.Random(1));
        using var start = new Barrier(4);
        var failures = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        Thread[] threads =
        [
            Run(Search), Run(Search),
            Run(() => ReadUntilFull(ReadTrials)), Run(() => ReadUntilFull(ReadBest)),
        ];
        Array.ForEach(threads, thread => thread.Join());

        Assert.Empty(failures);
        Assert.Equal(Enumerable.Range(0, study.Trials.Count), study.Trials.Select(trial => trial.Number));
        Assert.Equal(study.Trials.Min(trial => trial.Loss), study.BestTrial!.Loss);

        Thread Run(Action action)
        {
            var thread = new Thread(() =>
            {
                start.SignalAndWait();
                try
                {
                    action();
                }
                catch (Exception exception)
                {
                    failures.Enqueue(exception);
                }
            });
            thread.Start();
            return thread;
        }

        void Search()
        {
            while (study.Trials.Count < Trials && failures.IsEmpty)
            {
                var trial = study.Ask();
                for (var step = 0; step < 20; step++)
                {
                    trial.Report(step, step % 7 == 6 ? step - 3 : step);
                }

                study.Tell(trial, new TrialResult(-trial.Number) { Constraints = [-1] });
            }
        }

        void ReadUntilFull(Action<IReadOnlyList<Trial>> read)
        {
            IReadOnlyList<Trial> trials;
            do
            {
                trials = study.Trials;
                var count = trials.Count;
                read(trials);
                Assert.Equal(count, trials.Count);
            }
            while (trials.Count < Trials && failures.IsEmpty);
        }

        static void ReadTrials(IReadOnlyList<Trial> trials)
        {
            var number = 0;
            foreach (var trial in trials)
            {
                Assert.Equal(number++, trial.Number);
            }

            foreach (var trial in trials.TakeLast(10))
            {
                var reports = trial.Reports;
                int[] steps = [.. reports.Select(report => report.Key)];
                Assert.Equal(reports.Count, steps.Length);
                Assert.Equal(steps.Order(), steps);
                Assert.All(reports, report => Assert.InRange(report.Value, report.Key, report.Key + 3));
                if (trial.State == TrialState.Complete)
                {
                    Assert.Equal(-trial.Number, trial.Loss);
                    Assert.Equal(-1, Assert.Single(trial.Constraints));
                }
            }
        }

        void ReadBest(IReadOnlyList<Trial> trials)
        {
            if (study.BestTrial is { } best)
            {
                Assert.Equal(TrialState.Complete, best.State);
                Assert.Equal(-best.Number, best.Loss);
            }
        }
    }

    [Fact]
    public void The_trials_that_were_read_stay_as_they_were_when_more_are_asked_for()
    {
        var study = TestSpaces.NewStudy(TestSpaces.AllDistributions(), Samplers.Random(1));
        var none = study.Trials;
        for (var i = 0; i < 40; i++)
        {
            var before = study.Trials;
            study.Ask();
            Assert.Equal(i, before.Count);
            Assert.Equal(i + 1, study.Trials.Count);
        }

        Assert.Empty(none);
        Assert.Same(study.Trials, study.Trials);
        Assert.Throws<NotSupportedException>(() => ((IList<Trial>)study.Trials)[0] = study.Trials[1]);
    }

    [Fact]
    public void The_reports_that_were_read_stay_as_they_were_whatever_is_reported_later()
    {
        var study = TestSpaces.NewStudy(TestSpaces.AllDistributions(), Samplers.Random(1));
        var trial = study.Ask();
        var expected = new SortedDictionary<int, double>();
        var seen = new List<(IReadOnlyDictionary<int, double> Reports, KeyValuePair<int, double>[] Expected)>();
        var random = new Random(5);
        for (var i = 0; i < 200; i++)
        {
            // Mostly the next step, now and then one from before or between.
            var step = random.Next(3) > 0 ? 2 * i : random.Next(2 * i + 1);
            trial.Report(i, step);
            expected[step] = i;
            seen.Add((trial.Reports, [.. expected]));
        }

        Assert.All(seen, pair =>
        {
            Assert.Equal(pair.Expected, pair.Reports);
            Assert.Equal(pair.Expected.Select(report => report.Key), pair.Reports.Keys);
            Assert.Equal(pair.Expected.Select(report => report.Value), pair.Reports.Values);
            Assert.All(pair.Expected, report => Assert.Equal(report.Value, pair.Reports[report.Key]));
        });
        Assert.False(trial.Reports.ContainsKey(-1));
        Assert.Throws<KeyNotFoundException>(() => trial.Reports[-1]);

        study.Restart(trial);
        Assert.Empty(trial.Reports);
        trial.Report(0.5, 3);
        Assert.Equal(new KeyValuePair<int, double>(3, 0.5), Assert.Single(trial.Reports));
    }
}
