using LogMl.Optimization;
using LogMl.Storage.Tests.Kit;
using LogMl.TestKit.Postgres;

namespace LogMl.Storage.Tests;

/// <summary>
/// A process sends no heartbeat for so long that its trial is given to others, and then goes on. The tests set the heartbeat back instead
/// of waiting.
/// </summary>
public sealed class LateResultTests
{
    private static readonly StorageOptions Short = new() { Lease = TimeSpan.FromSeconds(4) };

    private static readonly TimeSpan LongerThanALease = TimeSpan.FromSeconds(4.3);

    [PostgresFact]
    public void Silence_is_death_only_after_a_lease_and_only_for_who_was_in_contact_for_one()
    {
        using var place = new StoragePlace(StorageKind.Postgres);
        var mine = place.Open(Short);
        var study = mine.CreateStudy();
        mine.CreateTrial(study);
        Silence(place);
        var other = place.Open(Short);
        Assert.Equal(0, other.Reap(study.Id, 1));
        Thread.Sleep(LongerThanALease);
        Silence(place, "0.2");
        Assert.Equal(0, other.Reap(study.Id, 1));
        Silence(place);
        Assert.Equal(1, other.Reap(study.Id, 1));
        Assert.Equal(0, other.Reap(study.Id, 1));
        Assert.Equal([StoredState.Fail, StoredState.Waiting], other.All(study).Select(trial => trial.State));
    }

    [PostgresFact]
    public void A_sign_of_life_keeps_a_trial()
    {
        using var place = new StoragePlace(StorageKind.Postgres);
        var (mine, other) = (place.Open(Short), place.Open(Short));
        var study = mine.CreateStudy();
        var id = mine.CreateTrial(study);
        other.All(study);
        Thread.Sleep(LongerThanALease);
        mine.RenewLeases();
        Assert.Equal(0, other.Reap(study.Id, 1));
        Assert.True(mine.Complete(id, 1));
    }

    [PostgresFact]
    public void A_server_that_has_just_started_gives_everybody_a_lease_to_come_back()
    {
        using var server = PostgresServer.Create();
        var database = server.CreateDatabase();
        using var mine = StudyStorages.PostgreSql(database.ConnectionString, Short);
        using var other = StudyStorages.PostgreSql(database.ConnectionString, Short);
        var study = mine.CreateStudy();
        var id = mine.CreateTrial(study);
        other.All(study);
        Thread.Sleep(LongerThanALease);
        server.Stop(immediate: true);
        server.Start();
        PostgresQuery.Execute(database.ConnectionString, "UPDATE trial_heartbeats SET heartbeat = heartbeat - interval '1 hour'");
        Assert.Equal(0, other.Reap(study.Id, 1));
        Assert.True(mine.Complete(id, 1));
    }

    [PostgresFact]
    public void A_late_result_goes_to_the_repetition_that_waits()
    {
        using var place = new StoragePlace(StorageKind.Postgres);
        var (late, trial, other) = Reaped(place);
        trial.Report(3, 1);
        Assert.True(late.Tell(trial, 0.5));
        Assert.Equal(1, trial.Number);
        var stored = place.Open().All(place.Open().FindStudy("study")!);
        Assert.Equal([StoredState.Fail, StoredState.Complete], stored.Select(record => record.State));
        Assert.Equal([0.5], stored[1].Values);
        Assert.Contains((0, 7.0), stored[1].Reports);
        other.Refresh();
        Assert.Equal((1, 0.5), (other.Best!.Number, other.Best.Loss));
        Assert.Equal((1, 1), (late.Finished, late.Evaluations));
        Assert.Null(other.Ask(1));
        late.Dispose();
        other.Dispose();
    }

    [PostgresFact]
    public void A_late_result_is_refused_when_another_runs_the_repetition()
    {
        using var place = new StoragePlace(StorageKind.Postgres);
        var (late, trial, other) = Reaped(place);
        var again = other.Ask(1)!;
        Assert.Equal((1, 0), (again.Number, again.Evaluation));
        Assert.Empty(again.Reports);
        Assert.False(late.Tell(trial, 0.5));
        Assert.True(other.Tell(again, 0.25));
        Assert.False(late.Tell(trial, 0.5));
        late.Refresh();
        Assert.Equal((1, 0.25), (late.Best!.Number, late.Best.Loss));
        Assert.True(trial.ShouldPrune());
        Assert.Single(late.History.Trials);
        late.Dispose();
        other.Dispose();
    }

    [PostgresFact]
    public void A_repetition_that_is_known_before_its_failure_is_the_same_evaluation()
    {
        using var place = new StoragePlace(StorageKind.Postgres);
        var (late, trial, other) = Reaped(place);

        // The process learns of the repetition while it still believes that it runs the trial.
        late.Refresh();
        Assert.True(late.Tell(trial, 0.5));
        Assert.Equal(1, trial.Number);
        Assert.Equal(0.5, Assert.Single(late.History.Trials).Loss);
        late.Dispose();
        other.Dispose();
    }

    [PostgresFact]
    public void A_result_of_another_is_not_taken_for_ones_own()
    {
        using var place = new StoragePlace(StorageKind.Postgres);
        var (late, trial, other) = Reaped(place);
        var again = other.Ask(1)!;
        Assert.True(other.Tell(again, 0.25));
        late.Refresh();
        Assert.False(late.Tell(trial, 0.5));
        Assert.Equal(0.25, Assert.Single(late.History.Trials).Loss);
        late.Dispose();
        other.Dispose();
    }

    /// <summary>A trial with one report. It was taken from its process, which does not know that yet.</summary>
    private static (StoredStudy Late, StoredTrial Trial, StoredStudy Other) Reaped(StoragePlace place)
    {
        var (mine, judge) = (place.Open(), place.Open(Short));
        var late = mine.OpenStudy();
        var trial = late.Ask(1)!;
        trial.Report(7, 0);
        var other = judge.OpenStudy();
        Thread.Sleep(LongerThanALease);
        Silence(place);
        Assert.Equal(1, judge.Reap(late.Id, 1));
        other.Refresh();
        return (late, trial, other);
    }

    private static void Silence(StoragePlace place, string seconds = "60") =>
        place.Execute($"UPDATE trial_heartbeats SET heartbeat = clock_timestamp()::timestamp - interval '{seconds} second'");
}
