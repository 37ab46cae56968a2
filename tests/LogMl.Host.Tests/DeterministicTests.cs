using System.Globalization;
using LogMl.Host.Tests.Kit;
using LogMl.Storage;
using LogMl.TestKit;

namespace LogMl.Host.Tests;

/// <summary><c>deterministic: true</c> with the real host and four real workers, whose trials take other times in each run.</summary>
public sealed class DeterministicTests
{
    private const string Pruner = """ "pruner":{"name":"median","options":{"startup_trials":3}} """;
    private const int Evaluations = 24;

    [Fact]
    public void Four_workers_give_the_same_trials_on_every_run_and_after_a_kill()
    {
        using var first = new SearchFolder();
        using var host = Run(first, pace: 1);
        Assert.Contains(
            "Scripted: deterministic for 4 workers and seed 7: a trial knows the results of the trials up to 4 before it",
            host.Events("message").Select(fields => fields[1]));
        Assert.Empty(host.Events("warning"));
        var expected = Trials(first);
        Assert.Equal(Evaluations, expected.Length);
        Assert.Contains(expected, trial => trial.StartsWith("Pruned", StringComparison.Ordinal));

        using var second = new SearchFolder();
        using var other = Run(second, pace: 2);
        Assert.Equal(expected, Trials(second));

        // A host that is killed in the middle, and one that goes on with fewer workers.
        using var cut = new SearchFolder();
        using (var killed = Start(cut, pace: 3, last: $"{Evaluations / 2}:hang"))
        {
            HostProcess.WaitUntil(() => CountTrials(cut) > Evaluations / 2, "trial that hangs");
            killed.Signal("KILL");
            killed.WaitForExit();
        }

        using var resumed = Run(cut, pace: 4, workers: 2);
        var warning = Assert.Single(resumed.Events("warning"));
        Assert.Equal("LOGML2050", warning[0]);
        Assert.Contains("deterministic for 4 workers, as it was before, and now runs with 2", warning[4], StringComparison.Ordinal);
        Assert.Equal(expected, Trials(cut));
    }

    [Fact]
    public void What_depends_on_the_clock_and_other_numbers_of_workers_are_told()
    {
        using var folder = new SearchFolder();
        using var before = folder.Run(0, "", ["--max-evals", "2"]);
        using var limited = folder.Run(0, "", ["--max-evals", "3", "--deterministic", "true", "--timeout", "1h", "--workers", "2"]);
        Assert.Contains(
            limited.Events("message").Select(fields => fields[1]),
            text => text.EndsWith(". What timeout cuts off depends on the machine all the same", StringComparison.Ordinal));
        AssertWarning("was not deterministic before, and is now for 2 workers. The new trials follow from its 2 earlier trials", limited);
        using var more = folder.Run(0, "", ["--max-evals", "6", "--deterministic", "true", "--workers", "3"]);
        AssertWarning("deterministic for 2 workers, as it was before, and not for 3: no more than 2 run", more);
        using var off = folder.Run(0, "", ["--max-evals", "7", "--deterministic", "false"]);
        AssertWarning("was deterministic for 2 workers, and is no longer", off);
        using var still = folder.Run(0, "", ["--max-evals", "8"]);
        Assert.Empty(still.Events("warning"));
    }

    [Fact]
    public void With_one_worker_each_trial_knows_all_trials_before_it()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "", ["--max-evals", "1", "--deterministic", "true", "--workers", "1", "--random-seed", "7"]);
        Assert.Contains(
            "Scripted: deterministic for 1 worker and seed 7: each trial knows the results of all trials before it",
            host.Events("message").Select(fields => fields[1]));
    }

    [Fact]
    public void A_deterministic_study_that_begins_from_another_one_has_the_same_trials_on_every_run()
    {
        using var folder = new SearchFolder();
        using var source = folder.Run(0, "", ["--max-evals", "6"]);
        string[] names = ["first", "second"];
        foreach (var name in names)
        {
            var sleeps = name == names[0] ? "6:sleep=60,8:sleep=20" : "7:sleep=60,9:sleep=40";
            using var host = folder.Run(
                0, sleeps + ",train_loss",
                [
                    "--max-evals", "10", "--workers", "3", "--deterministic", "true", "--random-seed", "7", "--algorithm", "tpe",
                    "--study", name, "--from", folder.Study,
                ]);
            Assert.Empty(host.Events("warning"));
            Assert.Contains(
                host.Events("message").Select(fields => fields[1]),
                text => text.StartsWith(
                    "Scripted: deterministic for 3 workers and seed 7, after 6 trials of the study 'study': ", StringComparison.Ordinal));
        }

        var trials = Array.ConvertAll(names, name => Trials(folder, name));
        Assert.Equal(16, trials[0].Length);
        Assert.Equal(trials[0], trials[1]);
    }

    [Fact]
    public void The_first_trials_by_number_decide_whether_all_have_failed_and_not_those_that_end_first()
    {
        string[] options = ["--max-evals", "12", "--workers", "3", "--deterministic", "true", "--random-seed", "7", "--max-failures", "3"];
        using var folder = new SearchFolder();

        // Trial 1 ends with a loss after three others have failed.
        const string Trials = "HyperOptResults/study/trials";
        using var late = folder.Run(0, $"1:wait_for={Trials}/3/error.txt,0:throw,2:throw,3:throw", options);
        Assert.Equal(12, folder.Rows().Length);

        // Trial 3 ends before trial 2 has failed.
        using var early = new SearchFolder();
        using var host = early.Run(1, $"0:throw,1:throw,2:wait_for={Trials}/3/own.txt,2:throw,3:write_file=own.txt", options);
        Assert.Matches("^The first 3 trials( of this call)? failed", Assert.Single(host.Events("error"))[4]);
    }

    private static void AssertWarning(string text, HostProcess host)
    {
        var warning = Assert.Single(host.Events("warning"));
        Assert.Equal("LOGML2050", warning[0]);
        Assert.Contains(text, warning[4], StringComparison.Ordinal);
    }

    private static HostProcess Run(SearchFolder folder, int pace, int workers = 4)
    {
        var host = Start(folder, pace, last: "", workers);
        var exitCode = host.WaitForExit();
        Assert.True(exitCode == 0, host.Text);
        return host;
    }

    private static HostProcess Start(SearchFolder folder, int pace, string last, int workers = 4)
    {
        var times = new Random(pace);
        var sleeps = Enumerable.Range(0, 3 * Evaluations)
            .Select(trial => string.Create(CultureInfo.InvariantCulture, $"{trial}:sleep={times.Next(60)}"));
        return folder.Start(
            string.Join(',', [.. sleeps, "train_loss", last]),
            [
                "--max-evals", $"{Evaluations}", "--workers", $"{workers}", "--deterministic", "true", "--random-seed", "7",
                "--algorithm", "tpe",
            ],
            [TestWorkflow.ManifestVariable + "=" + SearchTests.Manifest("true", "false", Pruner)]);
    }

    private static int CountTrials(SearchFolder folder)
    {
        var file = Path.Combine(folder.Output, folder.Study, "study.db");
        if (!File.Exists(file))
        {
            return 0;
        }

        using var storage = StudyStorages.Sqlite(file);
        return storage.FindStudy(folder.Study) is { } study ? storage.ReadTrials(study.Id, -1, []).Count : 0;
    }

    /// <summary>The evaluations, bit by bit, without the repetitions of those that were cut off.</summary>
    private static string[] Trials(SearchFolder folder, string? name = null)
    {
        using var storage = StudyStorages.Sqlite(Path.Combine(folder.Output, name ?? folder.Study, "study.db"));
        var study = storage.ViewStudy(name ?? folder.Study);
        return
        [
            .. study.History.Trials.Select(trial => string.Create(
                CultureInfo.InvariantCulture,
                $"{trial.State} {trial.Loss:R} {string.Join(' ', trial.Values.Values.Select(BitConverter.DoubleToInt64Bits))}")),
        ];
    }
}
