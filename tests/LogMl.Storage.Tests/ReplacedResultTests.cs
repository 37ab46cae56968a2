using LogMl.Optimization;
using LogMl.Storage.Tests.Kit;
using LogMl.TestKit.Postgres;

namespace LogMl.Storage.Tests;

/// <summary>Complete trials that are run again: the old results count until the new ones are stored, whatever happens in between.</summary>
public sealed class ReplacedResultTests
{
    private const int Count = 6;

    /// <summary>The earlier results are better than any new one.</summary>
    private const double Better = 1000;

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void A_result_counts_until_another_run_of_its_trial_has_one(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        using var open = Complete(place.Open());
        var best = open.Best!;
        var storage = place.Open();
        PutUp(storage, best.Number);
        using var study = storage.OpenStudy();
        Assert.Equal(1, study.WaitingRepetitions);
        Assert.Equal((Count, Count - 1, Count), (study.Evaluations, study.Finished, study.Results.Count));
        Require(best, study, open);

        var trial = study.Ask(Count)!;
        Assert.True(trial.IsReplacing);
        Assert.Equal((best.Evaluation, Count), (trial.Evaluation, trial.Number));
        Assert.Equal(best.Values, trial.Values);
        study.Release(trial);
        Require(best, study, open);
        trial = study.Ask(Count)!;
        Assert.True(study.FailAndRetry(trial));
        Require(best, study, open);
        trial = study.Ask(Count)!;
        Assert.Equal((best.Evaluation, Count + 1, 0), (trial.Evaluation, trial.Number, study.WaitingRepetitions));
        Require(best, study, open);

        Assert.True(study.Tell(trial, Better));
        open.Refresh();
        using var again = place.Open().OpenStudy();
        foreach (var seen in new[] { study, open, again })
        {
            Assert.Equal(Count, seen.Results.Count);
            Assert.NotEqual(best.Evaluation, seen.Best!.Evaluation);
            Assert.True(seen.Best.Loss > best.Loss);
            Assert.Equal(Better, seen.Results.Single(result => result.Evaluation == best.Evaluation).Loss);
            Assert.Null(seen.Ask(Count));
        }

        // Optuna, which does not know of replacements, counts the same trials.
        Assert.Equal(Count, storage.ReadTrials(study.Id, -1, []).Count(record => record.State == StoredState.Complete));
        Assert.Equal("\"outdated\"", storage.ReadTrialAttributes(study.Id)[best.Number]["fail_reason"]);
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void A_trial_that_fails_when_it_is_run_again_has_no_result_any_more(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        using var open = Complete(place.Open());
        var best = open.Best!;
        var storage = place.Open();
        PutUp(storage, best.Number);
        using var study = storage.OpenStudy();
        Assert.True(study.TellFailed(study.Ask(Count)!));
        open.Refresh();
        using var again = place.Open().OpenStudy();
        foreach (var seen in new[] { study, open, again })
        {
            Assert.Equal((Count, Count - 1), (seen.Finished, seen.Results.Count));
            Assert.NotEqual(best.Evaluation, seen.Best!.Evaluation);
        }
    }

    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void A_run_that_is_cut_off_too_often_replaces_nothing_and_can_be_asked_for_again(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        using var open = Complete(place.Open());
        var best = open.Best!;
        var storage = place.Open();
        PutUp(storage, best.Number);
        using (var study = storage.OpenStudy())
        {
            Assert.True(study.FailAndRetry(study.Ask(Count)!));
            Assert.False(study.FailAndRetry(study.Ask(Count)!));
            open.Refresh();
            using var again = place.Open().OpenStudy();
            foreach (var seen in new[] { study, open, again })
            {
                Assert.Equal((Count, Count), (seen.Finished, seen.Results.Count));
                Require(best, seen);
                Assert.Null(seen.Ask(Count));
            }
        }

        PutUp(storage, Count + 1);
        using var next = storage.OpenStudy();
        Require(best, next);
        Assert.True(next.Tell(next.Ask(Count)!, Better));
        Assert.NotEqual(best.Evaluation, next.Best!.Evaluation);
        Assert.Equal(Count, next.Results.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whenever_a_search_is_killed_each_evaluation_has_one_result_and_none_is_replaced_twice(int seed)
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        Complete(place.Open()).Dispose();
        PutUp(place.Open(), [.. Enumerable.Range(0, Count)]);
        var random = new Random(seed);
        var replaced = new HashSet<int>();
        var isDone = false;
        for (var kills = 0; !isDone; kills++)
        {
            using var process = new OtherProcess("steps", place.Address, $"{Count}");
            for (var steps = random.Next(5); steps > 0 && !isDone; steps--)
            {
                isDone = process.ReadLine() == "done";
            }

            if (isDone)
            {
                process.ReadToEnd();
            }
            else
            {
                Thread.SpinWait(random.Next(1_000_000));
                process.Kill();
            }

            var storage = place.Open();
            using var study = storage.OpenStudy();
            Assert.Equal((Count, Count), (study.Evaluations, study.Results.Count));
            Assert.All(
                study.Results,
                result => Assert.Contains(result.Loss, new[] { Samples.Loss(result.Values), Samples.Loss(result.Values) - Better }));
            Assert.Equal(study.Results.Min(result => result.Loss), study.Best!.Loss);
            var now = study.Results.Where(result => result.Loss >= 0).Select(result => result.Evaluation).ToHashSet();
            Assert.Superset(replaced, now);
            replaced = now;

            // The tables, which Optuna reads, say the same. They have no other runs than the requested ones and the interrupted ones.
            var stored = storage.ReadTrials(study.Id, -1, []);
            Assert.Equal(Count, stored.Count(trial => trial.State == StoredState.Complete));
            Assert.InRange(stored.Count, 2 * Count, (2 * Count) + kills + 1);
        }

        // A run that was killed twice was not replaced, and all others were.
        using var last = place.Open().OpenStudy();
        Assert.Equal(Count - last.Results.Count(result => result.Loss < 0), replaced.Count);
        Assert.Equal(0, last.WaitingRepetitions);
    }

    /// <summary>A study of which all trials are complete.</summary>
    private static StoredStudy Complete(StudyStorage storage)
    {
        var study = storage.OpenStudy();
        while (study.Ask(Count) is { } trial)
        {
            Assert.True(study.Tell(trial, Samples.Loss(trial.Values) - Better));
        }

        return study;
    }

    private static void PutUp(StudyStorage storage, params int[] numbers)
    {
        var study = storage.FindStudy("study")!;
        foreach (var number in numbers)
        {
            var all = storage.All(study);
            Assert.True(storage.TryRepeat(study.Id, all[number], all.Count, "outdated"));
        }
    }

    private static void Require(StoredResult best, params StoredStudy[] studies)
    {
        foreach (var study in studies)
        {
            study.Refresh();
            Assert.Equal((best.Number, best.Evaluation, best.Loss), (study.Best!.Number, study.Best.Evaluation, study.Best.Loss));
            Assert.Equal(best.Values, study.Best.Values);
        }
    }
}
