using LogMl.Optimization;
using LogMl.Storage.Tests.Kit;
using LogMl.TestKit.Postgres;

namespace LogMl.Storage.Tests;

/// <summary>What programs other than this library and Optuna may do in a study. The tests do it with SQL.</summary>
public sealed class OtherProgramTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [PostgresInlineData(StorageKind.Postgres)]
    public void A_trial_with_other_parameters_is_left_out_and_named_whenever_it_comes(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        using (var study = storage.OpenStudy())
        {
            study.RunTo(3);
            AddComplete(place, 3, ("x", 0.5));
            AddComplete(place, 4, ("x", 0.5), ("y", 0.5), ("z", 7));
            study.RunTo(7);
            Assert.Equal([(3, "it has no 'y'"), (4, "'z' is no parameter")], study.LeftOut.Select(pair => (pair.Key, pair.Value)));
        }

        AddComplete(place, 7, ("x", 99), ("y", 0.5));
        using var again = storage.OpenStudy();
        Assert.Equal([3, 4, 7], again.LeftOut.Keys);
        Assert.Equal((8, 8, 5), (again.Evaluations, again.Finished, again.History.Trials.Count));
        Assert.Equal([8], again.RunTo(9).Select(trial => trial.Number));
        Assert.DoesNotContain(again.Best!.Number, again.LeftOut.Keys);

        // With the wider space, the trials of other programs are no error, because they did not fit the old space either.
        again.Dispose();
        using var wider =
            storage.OpenStudy(space: new SearchSpace { ["x"] = Distribution.Uniform(-6, 100), ["y"] = Distribution.Uniform(-5, 5) });
        Assert.Equal([3, 4], wider.LeftOut.Keys);
    }

    [Fact]
    public void Of_a_study_of_others_the_space_is_what_most_of_its_trials_have()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        storage.CreateStudy();
        AddComplete(place, 0, ("x", 1), ("y", 1));
        AddComplete(place, 1, ("x", 1), ("y", 1), ("z", 1));
        AddComplete(place, 2, ("x", 1), ("y", 1));
        var odd = new SearchSpace
        {
            ["x"] = Distribution.Uniform(-5, 5),
            ["y"] = Distribution.Uniform(-5, 5),
            ["z"] = Distribution.Uniform(-5, 5)
        };
        Assert.Contains("'z'", Assert.Throws<StorageException>(
            () => storage.OpenStudy(space: new SearchSpace { ["x"] = Distribution.Uniform(-5, 5) })).Message, StringComparison.Ordinal);
        using (var study = storage.OpenStudy())
        {
            Assert.Equal([1], study.LeftOut.Keys);
        }

        // From now on its space is known.
        var refused = Assert.Throws<StorageException>(() => storage.OpenStudy(space: odd));
        Assert.Equal(StorageProblem.OtherSpace, refused.Problem);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [PostgresInlineData(StorageKind.Postgres)]
    public void A_trial_whose_heartbeat_has_stopped_is_repeated_and_one_without_heartbeats_is_named(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open(new StorageOptions { GracePeriod = TimeSpan.FromSeconds(1), Lease = TimeSpan.FromSeconds(1) });
        storage.OpenStudy().RunTo(1);
        Add(place, 1, "RUNNING", ("x", 0.25), ("y", 0.5));
        Add(place, 2, "RUNNING", ("x", 0.75), ("y", 0.5));
        place.Execute("INSERT INTO trial_heartbeats (trial_id, heartbeat) SELECT trial_id, '2026-01-01 00:00:00' FROM trials WHERE number = 1");

        using var study = storage.OpenStudy();
        StoredTrial? repetition = null;
        for (var end = AskEnd.None; repetition is null; repetition = study.TryAsk(3, out end))
        {
            // In its first moments, a storage on a server does not judge whether other owners are alive.
            Assert.NotEqual(AskEnd.Exhausted, end);
        }

        Assert.Equal((3, 1, 0.25), (repetition.Number, repetition.Evaluation, repetition.Values["x"]));
        Assert.Equal([2], study.RunByOthers.Keys);
        Assert.True(study.Tell(repetition, 0.5));
        Assert.Null(study.TryAsk(3, out var last));
        Assert.Equal((AskEnd.MaxEvals, 3, 2), (last, study.Evaluations, study.Finished));
        var failed = storage.ReadTrials(study.Id, -1, [])[1];
        Assert.Equal(StoredState.Fail, failed.State);
        Assert.Contains("heartbeat", storage.ReadTrialAttributes(study.Id)[1]["fail_reason"], StringComparison.Ordinal);
        Assert.Equal(0L, Convert.ToInt64(place.Scalar("SELECT COUNT(*) FROM logml_leases"), null));
    }

    [Fact]
    public void A_trial_with_a_fresh_heartbeat_is_not_taken_and_keeps_the_study_in_use()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open(new StorageOptions { GracePeriod = Grace });
        storage.OpenStudy().RunTo(1);
        Assert.False(storage.IsSearched(1));
        Add(place, 1, "RUNNING", ("x", 0.25));
        place.Execute("INSERT INTO trial_heartbeats (trial_id, heartbeat) SELECT trial_id, CURRENT_TIMESTAMP FROM trials WHERE number = 1");

        using var study = storage.OpenStudy();

        Assert.Equal(0, storage.Reap(study.Id, 1));
        Assert.Equal([1], study.RunByOthers.Keys);
        Assert.True(storage.IsSearched(study.Id));
    }

    [Fact]
    public void What_an_enqueued_trial_asks_for_and_cannot_have_is_named_with_it()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        using var study = storage.OpenStudy(space: new SearchSpace { ["rate"] = Distribution.Uniform(0, 1), ["kind"] = Distribution.Choice("a", 2.0) });
        storage.Enqueue(study.Id, """{"rat": 0.5, "kind": 2}""");
        storage.Enqueue(study.Id, """{"rate": NaN, "kind": "b"}""");
        study.Refresh();

        var first = study.Ask()!;
        var second = study.Ask()!;

        Assert.Equal(["the space has no parameter 'rat' (did you mean 'rate'?)"], first.Ignored);
        Assert.Equal(1, first.Values["kind"]);
        Assert.Equal(
            ["'rate' cannot be \"NaN\", it is a number from 0 to 1", "'kind' cannot be \"b\", it is one of \"a\", 2.0"], second.Ignored);
        Assert.Contains("'rat'", storage.ReadTrialAttributes(study.Id)[0]["ignored_values"], StringComparison.Ordinal);
        Assert.Empty(study.Ask()!.Ignored);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [PostgresInlineData(StorageKind.Postgres)]
    public void A_study_that_was_deleted_while_it_runs_says_so_and_nothing_of_it_comes_back(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        using var study = storage.OpenStudy();
        study.RunTo(2);
        var running = study.Ask()!;
        place.Open().DeleteStudy(study.Id);

        var told = Assert.Throws<StorageException>(() => study.Tell(running, 1));
        var asked = Assert.Throws<StorageException>(() => study.Ask());

        Assert.Equal((StorageProblem.Deleted, StorageProblem.Deleted), (told.Problem, asked.Problem));
        Assert.Contains("'study', or its last trials, was deleted by another program", asked.Message, StringComparison.Ordinal);
        Assert.Equal(0L, Convert.ToInt64(place.Scalar("SELECT (SELECT COUNT(*) FROM trials) + (SELECT COUNT(*) FROM trial_params) + (SELECT COUNT(*) FROM logml_leases)"), null));
    }

    [Fact]
    public void A_study_that_was_begun_anew_under_the_same_key_gets_no_trials_of_the_old_one()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        using var study = storage.OpenStudy();
        study.RunTo(3);
        storage.DeleteStudy(study.Id);
        Assert.Equal(study.Id, storage.CreateStudy().Id);

        Assert.Equal(StorageProblem.Deleted, Assert.Throws<StorageException>(() => study.Ask()).Problem);
        Assert.Equal(0L, place.Scalar("SELECT COUNT(*) FROM trials"));
    }

    [Fact]
    public void Constraints_of_any_version_of_Optuna_are_read()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        storage.OpenStudy().RunTo(4);
        place.Execute("""
            INSERT INTO trial_system_attributes (trial_id, "key", value_json) SELECT trial_id, 'constraints', '[-1.0, 0.5]' FROM trials WHERE number = 0;
            INSERT INTO trial_system_attributes (trial_id, "key", value_json) SELECT trial_id, 'constraints:size', '2.5' FROM trials WHERE number = 1;
            INSERT INTO trial_system_attributes (trial_id, "key", value_json) SELECT trial_id, 'constraints:time', 'Infinity' FROM trials WHERE number = 1;
            INSERT INTO trial_system_attributes (trial_id, "key", value_json) SELECT trial_id, 'constraints', '[NaN]' FROM trials WHERE number = 2;
            """);
        using var study = storage.OpenStudy();
        Assert.Equal(
            [[-1, 0.5], [2.5, double.PositiveInfinity], [double.NaN], []],
            storage.ReadTrials(study.Id, -1, []).Select(trial => trial.Constraints.ToArray()));
        Assert.Equal(3, study.Best!.Number);
    }

    private static void AddComplete(StoragePlace place, int number, params (string Name, double Value)[] values)
    {
        Add(place, number, "COMPLETE", values);
        place.Execute($"""
            UPDATE trials SET datetime_complete = '2026-01-02 00:00:00' WHERE number = {number};
            INSERT INTO trial_values (trial_id, objective, value, value_type) SELECT trial_id, 0, -100, 'FINITE' FROM trials WHERE number = {number};
            """);
    }

    private static void Add(StoragePlace place, int number, string state, params (string Name, double Value)[] values)
    {
        place.Execute($"INSERT INTO trials (number, study_id, state, datetime_start) SELECT {number}, study_id, '{state}', '2026-01-01 00:00:00' FROM studies");
        foreach (var (name, value) in values)
        {
            place.Execute(FormattableString.Invariant(
                $"INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) SELECT trial_id, '{name}', {value}, '{Samples.X(0).DistributionJson}' FROM trials WHERE number = {number}"));
        }
    }
}
