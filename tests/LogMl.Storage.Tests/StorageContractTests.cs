using System.Collections.Concurrent;
using LogMl.Optimization;
using LogMl.Storage.Tests.Kit;
using LogMl.TestKit.Postgres;

namespace LogMl.Storage.Tests;

/// <summary>What every storage promises for one owner.</summary>
public sealed class StorageContractTests
{
    private const string Nasty = "a 'b' \"c\" `d`; DROP TABLE trials; -- \\ % _ {0} @name $1 äöü 漢字 😀 \u0001\t\r\n";

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void A_study_is_found_as_it_was_created(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        Assert.Null(storage.FindStudy("study"));
        var created = storage.CreateStudy(
            "study", [Direction.Minimize, Direction.Maximize], new Dictionary<string, string> { ["a"] = "1", ["b"] = "\"two\"" }, []);
        var found = place.Open().FindStudy("study")!;
        Assert.Equal(created.Id, found.Id);
        Assert.Equal([Direction.Minimize, Direction.Maximize], found.Directions);
        Assert.Equal(
            [new("a", "1"), new("b", "\"two\"")],
            found.Attributes.Order(Comparer<KeyValuePair<string, string>>.Create((a, b) => string.CompareOrdinal(a.Key, b.Key))));
        Assert.Null(storage.FindStudy("Study"));
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void A_study_that_exists_is_not_created_again(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        var first = storage.CreateStudy("study", [Direction.Maximize], Samples.NoAttributes, ["{}"]);
        var second = storage.CreateStudy("study", [Direction.Minimize], Samples.NoAttributes, ["{}", "{}"]);
        Assert.Equal(first.Id, second.Id);
        Assert.Equal([Direction.Maximize], second.Directions);
        Assert.Single(storage.All(first));
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void A_deleted_study_is_gone_and_the_others_are_not(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        var kept = storage.CreateStudy("kept");
        var study = storage.CreateStudy("study", [Direction.Minimize], new Dictionary<string, string> { ["a"] = "1" }, ["{}"]);
        storage.Complete(storage.CreateTrial(kept), 1);
        var id = storage.CreateTrial(study);
        storage.Report(id, 0, 1);
        Assert.True(storage.TryFinish(
            id,
            new TrialEnding(StoredState.Complete, [1]) { Constraints = [1], Attributes = new Dictionary<string, string> { ["b"] = "2" } }));
        storage.CreateTrial(study);
        storage.DeleteStudy(study.Id);
        Assert.Null(storage.FindStudy("study"));
        Assert.Empty(storage.All(study));
        Assert.Equal([1.0], Assert.Single(storage.All(kept)).Values);
        Assert.Empty(storage.All(storage.CreateStudy()));
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void Names_and_values_are_data_whatever_is_in_them(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        var json = System.Text.Json.JsonSerializer.Serialize(Nasty);
        var key = Nasty + new string('k', 512 - Nasty.Length);
        var study = storage.CreateStudy(key, [Direction.Minimize], new Dictionary<string, string> { [key] = json }, [json]);
        var id = storage.TryCreateTrial(
            study.Id,
            1,
            [new ParameterRecord(key, 0.1, json)],
            new Dictionary<string, string> { [key] = json })!.Value;
        storage.SetStudyAttributes(study.Id, new Dictionary<string, string> { ["'"] = json });
        var found = place.Open().FindStudy(key)!;
        Assert.Equal(study.Id, found.Id);
        Assert.Equal(json, found.Attributes[key]);
        Assert.Equal(json, found.Attributes["'"]);
        Assert.Equal(json, storage.All(study)[0].FixedParametersJson);
        Assert.Equal([new KeyValuePair<string, double>(key, 0.1)], storage.One(study, id).Parameters);
        Assert.Equal(json, storage.ReadTrialAttributes(study.Id)[1][key]);
        Assert.Equal([(key, json)], storage.ReadDistributions(study.Id));
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void A_name_of_more_than_512_characters_is_refused(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        Assert.Contains(
            "has a name of 513 characters; a study has room for 512",
            Assert.Throws<ArgumentException>(() => storage.CreateStudy(new string('x', 513))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => storage.CreateStudy(""));
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void Attributes_of_a_study_are_replaced_one_by_one(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        var study = storage.CreateStudy("study", [Direction.Minimize], new Dictionary<string, string> { ["a"] = "1", ["b"] = "1" }, []);
        storage.SetStudyAttributes(study.Id, new Dictionary<string, string> { ["b"] = "2", ["c"] = "2" });
        var attributes = storage.FindStudy("study")!.Attributes;
        Assert.Equal(("1", "2", "2"), (attributes["a"], attributes["b"], attributes["c"]));
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void A_trial_ends_once(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        var study = storage.CreateStudy();
        var id = storage.CreateTrial(study);
        var ending = new TrialEnding(StoredState.Complete, [0.1])
        {
            Constraints = [-1, 2.5],
            Attributes = new Dictionary<string, string> { ["seconds"] = "1.5" }
        };
        Assert.True(storage.TryFinish(id, ending));
        Assert.False(storage.TryFinish(id, new TrialEnding(
            StoredState.Complete,
            [7]) { Constraints = [7], Attributes = new Dictionary<string, string> { ["seconds"] = "7" } }));
        Assert.False(storage.TryFinish(id, new TrialEnding(StoredState.Fail, [])));
        Assert.False(storage.TryRelease(id));
        Assert.False(storage.TryFailAndRetry(study.Id, storage.One(study, id), 1, Samples.NoAttributes));
        Assert.False(storage.TryClaim(id, [], Samples.NoAttributes));
        storage.Report(id, 3, 3);
        var trial = Assert.Single(storage.All(study));
        Assert.Equal(StoredState.Complete, trial.State);
        Assert.Equal([0.1], trial.Values);
        Assert.Equal([-1, 2.5], trial.Constraints);
        Assert.Empty(trial.Reports);
        Assert.Null(trial.Owner);
        Assert.True(trial.Started <= trial.Completed);
        Assert.Equal("1.5", storage.ReadTrialAttributes(study.Id)[0]["seconds"]);
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void Times_are_the_time_in_UTC(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        var study = storage.CreateStudy();
        var id = storage.CreateTrial(study);
        storage.Complete(id, 1);
        var trial = storage.One(study, id);
        Assert.Equal(DateTimeKind.Utc, trial.Started!.Value.Kind);
        Assert.InRange((DateTime.UtcNow - trial.Started.Value).TotalSeconds, -1, 60);
        Assert.InRange((DateTime.UtcNow - trial.Completed!.Value).TotalSeconds, -1, 60);
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void A_number_is_given_once_and_without_a_gap(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        var study = storage.CreateStudy();
        Assert.NotNull(storage.TryCreateTrial(study.Id, 0, [Samples.X(1)], Samples.NoAttributes));
        Assert.Null(storage.TryCreateTrial(study.Id, 0, [Samples.X(2)], Samples.NoAttributes));
        storage.Enqueue(study.Id, "{}");
        Assert.Null(storage.TryCreateTrial(study.Id, 1, [Samples.X(2)], Samples.NoAttributes));
        Assert.NotNull(storage.TryCreateTrial(study.Id, 2, [], Samples.NoAttributes));
        Assert.Equal([0, 1, 2], storage.All(study).Select(trial => trial.Number));
        Assert.Equal(1, storage.All(study)[0].Parameters[0].Value);
        var other = storage.CreateStudy("other");
        Assert.NotNull(storage.TryCreateTrial(other.Id, 0, [], Samples.NoAttributes));
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void Intermediate_values_may_be_no_numbers_and_replace_each_other(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        var study = storage.CreateStudy();
        var id = storage.CreateTrial(study);
        storage.Report(id, 3, double.NaN);
        storage.Report(id, 1, double.PositiveInfinity);
        storage.Report(id, 2, double.NegativeInfinity);
        storage.Report(id, int.MaxValue, double.MaxValue);
        storage.Report(id, 0, 5);
        storage.Report(id, 0, double.Epsilon);
        storage.Report(id, 3, 7);
        storage.Report(id, 3, double.NaN);
        Assert.Equal(
            [(0, double.Epsilon), (
                1, double.PositiveInfinity), (2, double.NegativeInfinity), (3, double.NaN), (int.MaxValue, double.MaxValue)],
            storage.One(study, id).Reports);
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void A_pruned_trial_has_its_value_and_a_failed_one_its_reason(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        var study = storage.CreateStudy();
        var pruned = storage.CreateTrial(study);
        Assert.True(storage.TryFinish(pruned, new TrialEnding(StoredState.Pruned, [double.PositiveInfinity])));
        var failed = storage.CreateTrial(study);
        Assert.True(storage.TryFinish(failed, new TrialEnding(StoredState.Fail, []) { Attributes = new Dictionary<string, string> { ["fail_reason"] = "\"x\"" } }));
        Assert.Equal(
            (StoredState.Pruned, double.PositiveInfinity),
            (storage.One(study, pruned).State, Assert.Single(storage.One(study, pruned).Values)));
        Assert.Equal(StoredState.Fail, storage.One(study, failed).State);
        Assert.Empty(storage.One(study, failed).Values);
        Assert.Equal("\"x\"", storage.ReadTrialAttributes(study.Id)[1]["fail_reason"]);
        Assert.Throws<ArgumentException>(() => storage.TryFinish(failed, new TrialEnding(StoredState.Waiting, [])));
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void A_trial_that_is_given_back_waits_with_its_point_and_without_its_reports(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        var study = storage.CreateStudy();
        var id = storage.CreateTrial(study, 2);
        storage.Report(id, 0, 1);
        Assert.True(storage.TryRelease(id));
        Assert.False(storage.TryRelease(id));
        Assert.False(storage.Complete(id, 1));
        var trial = storage.One(study, id);
        Assert.Equal((StoredState.Waiting, null, null), (trial.State, trial.Owner, trial.Started));
        Assert.Equal([new KeyValuePair<string, double>("x", 2)], trial.Parameters);
        Assert.Empty(trial.Reports);
        Assert.True(storage.TryClaim(id, [Samples.X(3), new ParameterRecord("y", 4, "{}")], new Dictionary<string, string> { ["host"] = "\"h\"" }));
        Assert.False(storage.TryClaim(id, [], Samples.NoAttributes));
        trial = storage.One(study, id);
        Assert.Equal((StoredState.Running, storage.Owner), (trial.State, trial.Owner));
        Assert.NotNull(trial.Started);
        Assert.Equal([new("x", 2), new KeyValuePair<string, double>("y", 4)], trial.Parameters);
        Assert.Equal("\"h\"", storage.ReadTrialAttributes(study.Id)[0]["host"]);
        Assert.True(storage.Complete(id, 1));
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void A_trial_that_was_cut_off_fails_and_its_copy_waits_as_Optuna_keeps_it(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        var study = storage.CreateStudy("study", [Direction.Minimize], Samples.NoAttributes, ["""{"x":2.0}"""]);
        var id = storage.All(study)[0].Id;
        storage.TryClaim(id, [Samples.X(2)], new Dictionary<string, string> { ["commit"] = "\"abc\"", ["host"] = "\"h\"" });
        storage.Report(id, 0, 5);
        storage.CreateTrial(study);
        Assert.True(storage.TryFailAndRetry(study.Id, storage.One(study, id), 2, new Dictionary<string, string> { ["fail_reason"] = "\"killed\"" }));
        Assert.False(storage.TryFailAndRetry(study.Id, storage.One(study, id), 2, Samples.NoAttributes));

        var failed = storage.One(study, id);
        Assert.Equal(StoredState.Fail, failed.State);
        Assert.Equal([(0, 5.0)], failed.Reports);
        Assert.NotNull(failed.Completed);
        Assert.Equal("\"killed\"", storage.ReadTrialAttributes(study.Id)[0]["fail_reason"]);

        var copy = storage.All(study)[2];
        Assert.Equal((2, StoredState.Waiting, null, null), (copy.Number, copy.State, copy.Started, copy.Owner));
        Assert.Equal([new KeyValuePair<string, double>("x", 2)], copy.Parameters);
        Assert.Equal([0], copy.RetryHistory);
        Assert.Equal("""{"x":2.0}""", copy.FixedParametersJson);
        Assert.Empty(copy.Reports);

        // The copy has the attributes that the trial was started with, but not the reason of its failure.
        Assert.Equal(
            [new("commit", "\"abc\""), new KeyValuePair<string, string>("host", "\"h\"")], storage.ReadTrialAttributes(study.Id)[2]);

        Assert.True(storage.TryClaim(copy.Id, [], Samples.NoAttributes));
        Assert.True(storage.TryFailAndRetry(study.Id, storage.One(study, copy.Id), 2, Samples.NoAttributes));
        var second = storage.All(study)[3];
        Assert.Equal([0, 2], second.RetryHistory);
        Assert.True(storage.TryClaim(second.Id, [], Samples.NoAttributes));
        Assert.True(storage.TryFailAndRetry(study.Id, storage.One(study, second.Id), 2, Samples.NoAttributes));
        Assert.Equal(4, storage.All(study).Count);
        Assert.Equal(StoredState.Fail, storage.All(study)[3].State);
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void A_trial_that_is_over_is_repeated_on_demand_unless_somebody_else_was_faster(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        var study = storage.CreateStudy("study", [Direction.Minimize], Samples.NoAttributes, ["""{"x":2.0}"""]);
        var id = storage.All(study)[0].Id;
        storage.TryClaim(id, [Samples.X(2)], new Dictionary<string, string> { ["host"] = "\"h\"" });
        storage.TryFinish(id, new TrialEnding(StoredState.Complete, [7]) { Constraints = [-1] });
        storage.CreateTrial(study);
        var trial = storage.One(study, id);
        Assert.False(storage.TryRepeat(study.Id, trial, 1, "outdated"));
        Assert.Equal((StoredState.Complete, 2), (storage.One(study, id).State, storage.All(study).Count));

        Assert.True(storage.TryRepeat(study.Id, trial, 2, "outdated"));
        Assert.Equal((StoredState.Complete, 7), (storage.One(study, id).State, Assert.Single(storage.One(study, id).Values)));
        var copy = storage.All(study)[2];
        Assert.Equal((2, StoredState.Waiting, 1), (copy.Number, copy.State, copy.WantedRuns));
        Assert.Equal([new KeyValuePair<string, double>("x", 2)], copy.Parameters);
        Assert.Equal([0], copy.RetryHistory);
        Assert.Empty(copy.Constraints);
        Assert.False(storage.ReadTrialAttributes(study.Id).ContainsKey(2));

        // An interrupted run is retried as often as any other trial.
        storage.TryClaim(copy.Id, [], Samples.NoAttributes);
        Assert.True(storage.TryFailAndRetry(study.Id, storage.One(study, copy.Id), 1, Samples.NoAttributes));
        var retry = storage.All(study)[3];
        Assert.Equal((StoredState.Waiting, 1), (retry.State, retry.WantedRuns));
        storage.TryClaim(retry.Id, [], Samples.NoAttributes);
        Assert.True(storage.TryFailAndRetry(study.Id, storage.One(study, retry.Id), 1, Samples.NoAttributes));
        Assert.Equal(4, storage.All(study).Count);
        Assert.Equal((StoredState.Complete, 7), (storage.One(study, id).State, Assert.Single(storage.One(study, id).Values)));
        Assert.True(storage.TryRepeat(study.Id, storage.One(study, retry.Id), 4, "outdated"));
        var last = storage.All(study)[4];
        Assert.Equal([0, 2, 3], last.RetryHistory);
        Assert.Equal(3, last.WantedRuns);

        // Only when the replacing run ends, the old result is revoked.
        storage.TryClaim(last.Id, [], Samples.NoAttributes);
        Assert.False(storage.ReadTrialAttributes(study.Id)[0].ContainsKey("fail_reason"));
        Assert.True(storage.TryFinish(last.Id, new TrialEnding(StoredState.Complete, [8]) { Replaces = last.Replaces }));
        var replaced = storage.One(study, id);
        Assert.Equal((StoredState.Fail, trial.Completed), (replaced.State, replaced.Completed));
        Assert.Empty(replaced.Values);
        Assert.Equal("\"outdated\"", storage.ReadTrialAttributes(study.Id)[0]["fail_reason"]);
        Assert.Equal((StoredState.Complete, 8), (storage.One(study, last.Id).State, Assert.Single(storage.One(study, last.Id).Values)));
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void Without_retries_a_trial_that_was_cut_off_only_fails(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        var study = storage.CreateStudy();
        var id = storage.CreateTrial(study);
        Assert.True(storage.TryFailAndRetry(study.Id, storage.One(study, id), 0, Samples.NoAttributes));
        Assert.Equal(StoredState.Fail, Assert.Single(storage.All(study)).State);
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void Later_readings_bring_what_is_new(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        var study = storage.CreateStudy();
        long[] ids = [.. Enumerable.Range(0, 4).Select(i => storage.CreateTrial(study, i))];
        storage.Complete(ids[0], 1);
        storage.Complete(ids[2], 2);
        Assert.Equal([3], storage.ReadTrials(study.Id, 2, []).Select(trial => trial.Number));
        Assert.Equal([1, 2, 3], storage.ReadTrials(study.Id, 2, [ids[1], ids[2]]).Select(trial => trial.Number));
        Assert.Equal([2], storage.ReadTrials(study.Id, 2, [ids[2]]).Take(1).SelectMany(trial => trial.Values));
        Assert.Empty(storage.ReadTrials(study.Id, 3, []));

        Assert.True(storage.TryRelease(ids[3]));
        Assert.Equal([ids[0], ids[2], ids[3]], storage.FindNotRunning(ids).Order());
        Assert.Empty(storage.FindNotRunning([ids[1]]));
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void A_storage_that_is_closed_says_so(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        storage.Dispose();
        storage.Dispose();
        Assert.Throws<ObjectDisposedException>(storage.RenewLeases);
        Assert.Throws<ObjectDisposedException>(() => storage.FindStudy("study"));
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void Threads_that_create_at_once_get_numbers_without_a_gap(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var study = place.Open().CreateStudy();
        StudyStorage[] storages = [.. Enumerable.Range(0, 4).Select(_ => place.Open())];
        Parallel.For(0, 80, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            var storage = storages[i % storages.Length];
            if (i % 4 == 3)
            {
                storage.Enqueue(study.Id, "{}");
            }
            else
            {
                var id = storage.CreateTrial(study, i);
                if (i % 4 == 2)
                {
                    Assert.True(storage.TryFailAndRetry(study.Id, storage.One(study, id), 1, Samples.NoAttributes));
                }
            }
        });
        var trials = storages[0].All(study);
        Assert.Equal(Enumerable.Range(0, 100), trials.Select(trial => trial.Number));
        Assert.Equal(20, trials.Count(trial => trial.RetryHistory.Count == 1));
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void Of_many_that_want_a_waiting_trial_one_gets_it(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var study = place.Open().CreateStudy("study", [Direction.Minimize], Samples.NoAttributes, [.. Enumerable.Repeat("{}", 30)]);
        StudyStorage[] storages = [.. Enumerable.Range(0, 6).Select(_ => place.Open())];
        var claimed = new ConcurrentBag<(long Trial, string Owner)>();
        Parallel.ForEach(storages, new ParallelOptions { MaxDegreeOfParallelism = 6 }, storage =>
        {
            foreach (var trial in storage.All(study))
            {
                if (storage.TryClaim(trial.Id, [Samples.X(1)], Samples.NoAttributes))
                {
                    claimed.Add((trial.Id, storage.Owner));
                }
            }
        });
        Assert.Equal(
            storages[0].All(study).Select(trial => (trial.Id, trial.Owner)),
            claimed.OrderBy(claim => claim.Trial).Select(claim => (claim.Trial, (string?)claim.Owner)));
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [PostgresInlineData(StorageKind.Postgres)]
    public void Processes_that_create_and_claim_at_once_do_not_get_in_each_others_way(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        var study = storage.CreateStudy("study", [Direction.Minimize], Samples.NoAttributes, [.. Enumerable.Repeat("{}", 40)]);
        var output = InProcesses(3, "claim", place.Address);
        Assert.Equal(Enumerable.Range(0, 40), output.SelectMany(lines => lines).Select(int.Parse).Order());
        output = InProcesses(3, "create", place.Address, "20");
        Assert.Equal(Enumerable.Range(40, 60), output.SelectMany(lines => lines).Select(int.Parse).Order());
        Assert.Equal(Enumerable.Range(0, 100), storage.All(study).Select(trial => trial.Number));
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [PostgresInlineData(StorageKind.Postgres)]
    public void The_trial_of_one_owner_is_not_for_another(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var (mine, other) = (place.Open(), place.Open());
        Assert.NotEqual(mine.Owner, other.Owner);
        var study = mine.CreateStudy();
        var id = mine.CreateTrial(study);
        Assert.False(other.Complete(id, 1));
        Assert.False(other.TryRelease(id));
        Assert.False(other.TryFailAndRetry(study.Id, mine.One(study, id), 1, Samples.NoAttributes));
        other.Report(id, 0, 1);
        var trial = Assert.Single(other.All(study));
        Assert.Equal((StoredState.Running, mine.Owner), (trial.State, trial.Owner));
        Assert.Empty(trial.Reports);
        Assert.Equal(0, other.Reap(study.Id, 1));
        Assert.True(mine.Complete(id, 1));
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [PostgresInlineData(StorageKind.Postgres)]
    public void The_running_trials_have_the_last_signs_of_life_of_those_who_run_them(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var mine = place.Open();
        var study = mine.CreateStudy();
        Assert.Empty(mine.ReadRunning(study.Id));
        var done = mine.CreateTrial(study);
        var id = mine.CreateTrial(study);
        Assert.True(mine.Complete(done, 1));

        var running = Assert.Single(place.Open().ReadRunning(study.Id));
        Assert.Equal((id, 1, mine.Owner, false, true), (running.Id, running.Number, running.Owner, running.IsGone, running.IsAlive));
        Assert.InRange(running.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        var started = mine.ReadTimes(id).Started!.Value;
        Assert.InRange(running.LastSeen!.Value, started.AddSeconds(-2), started.AddSeconds(2));

        var silence = TimeSpan.Zero;
        if (kind == StorageKind.Sqlite)
        {
            mine.Dispose();
        }
        else
        {
            silence = TimeSpan.FromHours(1);
            place.Execute("UPDATE trial_heartbeats SET heartbeat = heartbeat - interval '1 hour'");
        }

        var gone = Assert.Single(place.Open(new StorageOptions { Lease = TimeSpan.FromSeconds(1) }).ReadRunning(study.Id));
        Assert.Equal((id, true, false), (gone.Id, gone.IsGone, gone.IsAlive));
        Assert.InRange(gone.LastSeen!.Value, (started - silence).AddSeconds(-2), (started - silence).AddSeconds(2));
    }

    private static string[][] InProcesses(int count, params string[] arguments)
    {
        OtherProcess[] processes = [.. Enumerable.Range(0, count).Select(_ => new OtherProcess(arguments))];
        try
        {
            return [.. processes.Select(process => process.ReadToEnd())];
        }
        finally
        {
            Array.ForEach(processes, process => process.Dispose());
        }
    }
}
