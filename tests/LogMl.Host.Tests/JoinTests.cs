using LogMl.Host.Tests.Kit;
using LogMl.Shared;
using LogMl.Storage;

namespace LogMl.Host.Tests;

/// <summary>Hosts that join a study which others search too, as those of <c>logml worker</c> do.</summary>
public sealed class JoinTests : IDisposable
{
    private readonly SearchFolder _folder = new();
    private readonly string _storage;

    public JoinTests() => _storage = Path.Combine(_folder.Root, "shared.db");

    private string[] Environment => ["LOGML_STORAGE=sqlite:///" + _storage];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_quota_of_trials_ends_a_host_and_the_next_one_runs_the_rest_and_no_more()
    {
        using var first = Join(WorkerExitCodes.Done, "print", "--max-evals", "7", "--max-trials", "3", "--workers", "2");
        Assert.Contains(
            first.Events("summary"),
            fields => fields[0] == "Scripted: this worker has run as many trials as it was to; 3 trials ended here, 3 of 7 in the study");
        Assert.Null(Study().Attributes.GetValueOrDefault(StoredNames.End));

        // Its quota is just what is left.
        using var second = Join(WorkerExitCodes.Done, "print", "--max-evals", "7", "--max-trials", "4");
        Assert.Contains(
            second.Events("summary"), fields => fields[0] == "Scripted: the search is over; 4 trials ended here, 7 of 7 in the study");
        Assert.Contains("7 trials of max_evals were run", Study().Attributes[StoredNames.End], StringComparison.Ordinal);
        Assert.Equal(Enumerable.Repeat(StoredState.Complete, 7), Trials().Select(trial => trial.State));

        using var third = Join(WorkerExitCodes.Done, "throw", "--max-evals", "7");
        Assert.Equal(7, Trials().Count);
    }

    [Fact]
    public void A_host_that_joins_writes_logs_of_trials_and_no_files_of_the_study()
    {
        using var host = Join(WorkerExitCodes.Done, "print", "--max-evals", "2");

        Assert.True(File.Exists(_folder.Trial(0, "stdout.log")));
        Assert.Equal(
            ["stored-in.txt", "trials"],
            Directory.GetFileSystemEntries(Path.Combine(_folder.Output, _folder.Study)).Select(path => Path.GetFileName(path)).Order());
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public void A_signal_gives_the_running_trials_back_and_costs_no_attempt(string signal)
    {
        using (var host = _folder.Start("1:pid,1:hang", ["--joins", "--max-evals", "4", "--max-retries", "0"], Environment))
        {
            ProcessList.WaitForPid(_folder.Trial(1, "worker.pid"));
            host.Signal(signal);
            Assert.Equal(WorkerExitCodes.Interrupted, host.WaitForExit());
        }

        Assert.Equal([StoredState.Complete, StoredState.Waiting], Trials().Select(trial => trial.State));
        using var other = Join(WorkerExitCodes.Done, "print", "--max-evals", "4", "--max-retries", "0");
        Assert.Equal(Enumerable.Repeat(StoredState.Complete, 4), Trials().Select(trial => trial.State));
        Assert.All(Trials(), trial => Assert.Empty(trial.RetryHistory));
    }

    [Fact]
    public void When_its_time_is_over_a_host_gives_its_trial_back_and_is_done()
    {
        using var host = Join(WorkerExitCodes.Done, "1:hang", "--max-evals", "4", "--max-seconds", "10");

        Assert.Empty(host.Events("error"));
        Assert.DoesNotContain(Trials(), trial => trial.State is StoredState.Running or StoredState.Fail);
    }

    [Fact]
    public void Other_code_than_that_of_the_study_is_refused_by_name_unless_it_is_allowed()
    {
        var list = Path.Combine(_folder.Root, "inputs");
        var source = Path.Combine(_folder.Root, "Steps.cs");
        File.WriteAllText(source, "before");
        File.WriteAllText(list, $"code\t{source}\n");
        using var first = Join(WorkerExitCodes.Done, "print", "--max-evals", "2", "--inputs", list);
        File.WriteAllText(source, "after");

        using var refused = Join(WorkerExitCodes.Usage, "print", "--max-evals", "3", "--inputs", list);
        var error = Assert.Single(refused.Events("error"));
        Assert.Equal(HostErrors.OtherCode, error[0]);
        Assert.StartsWith(
            "This bundle is not what the study 'study' is computed from: Steps.cs changed. Nothing was run.", error[^1],
            StringComparison.Ordinal);
        Assert.Equal(2, Trials().Count);

        using var allowed = Join(WorkerExitCodes.Done, "print", "--max-evals", "3", "--inputs", list, "--allow-other-code");
        Assert.Equal(3, Trials().Count);
    }

    [Fact]
    public void Workers_share_the_devices_in_turn_and_the_trials_say_which_they_had_and_where_they_ran()
    {
        using var host = Join(
            WorkerExitCodes.Done, "device,0:wait_for=both,1:make=both", "--max-evals", "2", "--workers", "2", "--devices", "3,GPU-a",
            "--node", "n17", "--slot", "slurm 4711_3");

        var notes = Notes();
        Assert.Equal(["\"3 3\"", "\"GPU-a GPU-a\""], notes.Select(trial => trial["seen"]).Order(StringComparer.Ordinal));
        Assert.Equal(["\"3\"", "\"GPU-a\""], notes.Select(trial => trial[TrialNoteNames.Device]).Order(StringComparer.Ordinal));
        Assert.All(notes, trial => Assert.Equal("\"n17\" \"slurm 4711_3\"", $"{trial[TrialNoteNames.Host]} {trial[TrialNoteNames.Slot]}"));
    }

    [Theory]
    [InlineData("LOGML2017", WorkerExitCodes.TryAgain)]
    [InlineData("LOGML2105", WorkerExitCodes.Usage)]
    [InlineData("LOGML2001", WorkerExitCodes.Usage)]
    [InlineData("LOGML2005", WorkerExitCodes.Failed)]
    public void The_exit_code_says_whether_another_start_helps(string error, int code) =>
        Assert.Equal(code, JoinExitCodes.Of(new HostException(error, "")));

    private HostProcess Join(int exitCode, string script, params string[] options) =>
        _folder.Run(exitCode, script, ["--joins", .. options], Environment);

    private StudyRecord Study()
    {
        using var storage = StudyStorages.Sqlite(_storage);
        return storage.FindStudy(_folder.Study)!;
    }

    private List<TrialRecord> Trials()
    {
        using var storage = StudyStorages.Sqlite(_storage);
        return [.. storage.ReadTrials(storage.FindStudy(_folder.Study)!.Id, -1, [])];
    }

    private List<IReadOnlyDictionary<string, string>> Notes()
    {
        using var storage = StudyStorages.Sqlite(_storage);
        var notes = storage.ReadTrialAttributes(storage.FindStudy(_folder.Study)!.Id);
        return [.. notes.OrderBy(trial => trial.Key).Select(trial => trial.Value)];
    }
}
