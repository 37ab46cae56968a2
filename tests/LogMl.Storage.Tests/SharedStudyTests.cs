using LogMl.Optimization;
using LogMl.Storage.Tests.Kit;
using LogMl.TestKit.Postgres;

namespace LogMl.Storage.Tests;

/// <summary>Several searches on one study at the same time.</summary>
public sealed class SharedStudyTests
{
    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void Several_objects_run_each_evaluation_once_and_not_one_too_many(StorageKind kind)
    {
        using var place = new StoragePlace(kind);

        // With the same seed, all propose the same points.
        StoredStudy[] studies = [.. Enumerable.Range(0, 4).Select(_ => place.Open().OpenStudy())];
        var run = new List<int>();
        Parallel.ForEach(studies, new ParallelOptions { MaxDegreeOfParallelism = studies.Length }, study =>
        {
            var trials = study.RunTo(40);
            lock (run)
            {
                run.AddRange(trials.Select(trial => trial.Number));
            }
        });
        Assert.Equal(Enumerable.Range(0, 40), run.Order());
        var storage = place.Open();
        var stored = storage.All(storage.FindStudy("study")!);
        Assert.Equal(40, stored.Count);
        Assert.All(stored, trial => Assert.Equal(StoredState.Complete, trial.State));
        Assert.Equal(40, stored.Select(trial => trial.Parameters[0].Value).Distinct().Count());
        Array.ForEach(studies, study => study.Dispose());
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [PostgresInlineData(StorageKind.Postgres)]
    public void Several_processes_run_each_evaluation_once_and_not_one_too_many(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        OtherProcess[] processes = [.. Enumerable.Range(0, 3)
            .Select(i => new OtherProcess("search", place.Address, "60", i.ToString(System.Globalization.CultureInfo.InvariantCulture)))];
        var run = processes.SelectMany(process => process.ReadToEnd()).Select(int.Parse).Order().ToArray();
        Array.ForEach(processes, process => process.Dispose());
        Assert.Equal(Enumerable.Range(0, 60), run);
        var storage = place.Open();
        Assert.Equal(60, storage.All(storage.FindStudy("study")!).Count(trial => trial.State == StoredState.Complete));
    }

    [Fact]
    public void A_trial_of_a_process_that_was_killed_is_run_by_the_next_one()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        using (var process = new OtherProcess("hang", place.Address))
        {
            Assert.Equal("0", process.ReadLine());
            using var early = place.Open().OpenStudy();
            Assert.Null(early.TryAsk(3, out var end));
            Assert.Equal(AskEnd.Others, end);
            process.Kill();
        }

        // It was killed with its database open.
        Assert.True(File.Exists(place.File + "-wal"));
        var storage = place.Open();
        using var study = storage.OpenStudy();
        var trial = Assert.Single(study.RunTo(3));
        Assert.Equal((3, 0), (trial.Number, trial.Evaluation));
        var stored = storage.All(storage.FindStudy("study")!);
        Assert.Equal(
            [StoredState.Fail, StoredState.Complete, StoredState.Complete, StoredState.Complete], stored.Select(record => record.State));
        Assert.Equal(stored[0].Parameters, stored[3].Parameters);
        Assert.Equal([0], stored[3].RetryHistory);
        Assert.Equal([(0, 0.25)], stored[0].Reports);
        Assert.Contains("gone", storage.ReadTrialAttributes(study.Id)[0]["fail_reason"], StringComparison.Ordinal);
        Assert.Equal((3, 3, 4), (study.Evaluations, study.Finished, study.Ended));
    }

    [Fact]
    public void What_killed_processes_leave_beside_the_file_is_tidied_up()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        using var alive = place.Open();
        using (var process = new OtherProcess("hang", place.Address))
        {
            process.ReadLine();
            process.Kill();
        }

        var left = Directory.GetFiles(place.Folder, "study.db-host-*");
        Assert.Equal(2, left.Length);
        Array.ForEach(left, file => File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-2)));
        using var other = place.Open();
        Assert.Equal(
            new[] { place.File + "-host-" + alive.Owner, place.File + "-host-" + other.Owner }.Order(), Directory.GetFiles(place.Folder, "study.db-host-*").Order());
    }

    [Fact]
    public void Where_files_cannot_be_held_a_storage_is_refused()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        using var process = new OtherProcess(
            new Dictionary<string, string> { ["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "1" }, "search", place.Address, "1", "1");
        Assert.Contains("has no locks", process.ReadFailure(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_waits_for_a_process_takes_over_when_it_is_killed()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        using var process = new OtherProcess("hang", place.Address);
        Assert.Equal("0", process.ReadLine());
        using var study = place.Open().OpenStudy();
        var asked = Task.Run(() => study.Ask(3));
        await Task.Delay(600);
        Assert.False(asked.IsCompleted);
        process.Kill();
        var trial = (await asked.WaitAsync(TimeSpan.FromMinutes(5)))!;
        Assert.Equal(0, trial.Evaluation);
        Assert.True(study.Tell(trial, 1));
        Assert.Null(study.Ask(3));
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public async Task Who_waits_ends_when_the_others_end(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        using var first = place.Open().OpenStudy();
        using var second = place.Open().OpenStudy();
        var trial = first.Ask(1)!;
        var asked = Task.Run(() => second.Ask(1));
        await Task.Delay(400);
        Assert.False(asked.IsCompleted);
        Assert.True(first.Tell(trial, 1));
        Assert.Null(await asked.WaitAsync(TimeSpan.FromMinutes(5)));
        Assert.Equal((0, 1.0), (second.Best!.Number, second.Best.Loss));
    }

    [Fact]
    public void Who_waits_can_be_called_off()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        using var first = place.Open().OpenStudy();
        using var second = place.Open().OpenStudy();
        Assert.NotNull(first.Ask(1));
        using var cancellation = new CancellationTokenSource(200);
        Assert.ThrowsAny<OperationCanceledException>(() => second.Ask(1, cancellation.Token));
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void A_trial_that_is_given_back_is_run_by_another(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        using var first = place.Open().OpenStudy();
        using var second = place.Open().OpenStudy();
        var trial = first.Ask(1)!;
        trial.Report(9, 5);
        Assert.Null(second.TryAsk(1, out _));
        first.Release(trial);
        var again = second.Ask(1)!;
        Assert.Equal((trial.Number, trial.Evaluation), (again.Number, again.Evaluation));
        Assert.Equal(trial.Values, again.Values);
        Assert.Empty(again.Reports);
        Assert.False(first.Tell(trial, 7));
        Assert.True(second.Tell(again, 1));
        Assert.False(first.Tell(trial, 7));
        first.Refresh();
        Assert.Equal(1, first.Best!.Loss);
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void A_study_that_is_opened_again_in_the_same_storage_takes_its_trials_back(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        StoredTrial trial;
        using (var study = storage.OpenStudy())
        {
            trial = study.Ask(2)!;
            using var beside = storage.OpenStudy();
            Assert.Equal(1, beside.Ask(2)!.Number);
        }

        using var again = storage.OpenStudy();
        Assert.Equal([0, 1], again.RunTo(2).Select(run => run.Number));
        Assert.All(storage.All(storage.FindStudy("study")!), record => Assert.Equal(StoredState.Complete, record.State));
        Assert.Equal(trial.Values, again.History.Trials[0].Values);
    }

    [Fact]
    public void Waiting_trials_beyond_the_number_of_evaluations_go_on_waiting()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        using var study = storage.OpenStudy(stored: new StoredStudyOptions
        {
            FirstPoints = [.. Enumerable.Range(0, 5).Select(i => new Dictionary<string, double> { ["x"] = i })]
        });
        Assert.Equal(3, study.RunTo(3).Count);
        Assert.Equal([0, 1, 2], study.History.Trials.Select(trial => trial.Values["x"]));
        Assert.Null(study.TryAsk(3, out var end));
        Assert.Equal(AskEnd.MaxEvals, end);
        using var again = storage.OpenStudy();
        Assert.Equal([3, 4, 5], again.RunTo(6).Select(trial => trial.Number));
        Assert.Equal(4, again.History.Trials[4].Values["x"]);
    }

    [Fact]
    public void A_waiting_trial_that_is_not_in_the_space_fails_with_a_reason_and_the_search_goes_on()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        var space = new SearchSpace
        {
            ["kind"] = Distribution.Choice(new Branch("a", new SearchSpace { ["depth"] = Distribution.UniformInt(1, 5) }), "b"),
        };
        using var study = storage.OpenStudy(space: space);
        storage.Enqueue(study.Id, """{"depth":3}""");
        storage.Enqueue(study.Id, """{"kind":"b","unknown":[1]}""");
        study.Refresh();
        Assert.Equal([1, 2], study.RunTo(3).Select(trial => trial.Number));
        Assert.Equal(1, study.History.Trials[0].Values["kind"]);
        Assert.Equal(StoredState.Fail, storage.All(storage.FindStudy("study")!)[0].State);
        Assert.Contains("depth", storage.ReadTrialAttributes(study.Id)[0]["fail_reason"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_waiting_trial_with_a_part_of_its_values_keeps_them()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        using var study = storage.OpenStudy();

        // This is what another program does that sets the values of a trial one by one, and dies.
        var id = storage.TryCreateTrial(study.Id, 0, [Samples.X(2.5)], Samples.NoAttributes)!.Value;
        Assert.True(storage.TryRelease(id));
        study.Refresh();
        var trial = Assert.Single(study.RunTo(1));
        Assert.Equal(2.5, trial.Values["x"]);
        Assert.Equal(trial.Values, storage.One(storage.FindStudy("study")!, id).Parameters.ToDictionary());
    }

    [Fact]
    public void Signs_of_life_of_a_study_whose_storage_is_closed_do_no_harm()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        for (var i = 0; i < 10; i++)
        {
            var storage = place.Open(new StorageOptions { Lease = TimeSpan.FromSeconds(1) });
            using var study = storage.OpenStudy();
            storage.Dispose();
            Thread.Sleep(60);
        }

        Thread.Sleep(300);
        using var closed = place.Open().OpenStudy();
        closed.Dispose();
        closed.Dispose();
        Assert.Throws<ObjectDisposedException>(() => closed.TryAsk(1, out _));
    }
}
