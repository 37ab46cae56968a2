using LogMl.Optimization;
using LogMl.Storage.Tests.Kit;
using LogMl.TestKit.Postgres;

namespace LogMl.Storage.Tests;

/// <summary>Calls that are wrong: each is an error, and the stored study stays as it was.</summary>
public sealed class MisuseTests
{
    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void A_result_with_another_number_of_objectives_is_refused_before_anything_is_stored(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        using var study = storage.OpenStudy();
        var trial = study.Ask()!;

        Assert.Throws<ArgumentException>(() => study.Tell(trial, new TrialResult([1, 2])));
        Assert.Throws<ArgumentException>(() => study.Tell(trial, new TrialResult([])));

        Assert.True(study.Tell(trial, 0.5));
        Assert.Equal(0.5, storage.ViewStudy("study").Best!.Loss);
    }

    [Theory]
    [LocalStorages]
    public void A_trial_is_told_once(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        using var study = place.Open().OpenStudy();
        var trial = study.Ask()!;
        Assert.True(study.Tell(trial, 1.5));

        var error = Assert.Throws<InvalidOperationException>(() => study.Tell(trial, 0.5));
        Assert.Equal("Trial 0 has already been told; it is Complete.", error.Message);
        Assert.Throws<InvalidOperationException>(() => study.TellFailed(trial));
        Assert.Equal(1.5, study.Best!.Loss);
    }

    [Theory]
    [LocalStorages]
    public void A_trial_of_the_history_cannot_be_changed_whatever_it_is_cast_to(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        using var study = place.Open().OpenStudy();
        var trial = study.Ask()!;
        trial.Report(3, 0);
        var seen = (Trial)study.History.Trials[0];

        Assert.Throws<InvalidOperationException>(() => seen.Report(1, 1));
        Assert.Throws<InvalidOperationException>(() => seen.SetUserAttribute("a", 1));
        Assert.Equal([3], trial.Reports.Values);
        Assert.Empty(trial.UserAttributes);
    }

    [Theory]
    [LocalStorages]
    public void The_numbers_of_a_trial_are_its_own_after_a_repetition(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        using var study = place.Open().OpenStudy();
        Assert.True(study.FailAndRetry(study.Ask()!));
        StoredTrial[] trials = [study.Ask()!, study.Ask()!];

        Assert.All(trials, trial => Assert.Equal((trial.Number, trial.Evaluation), (study.NumberOf(trial), study.EvaluationOf(trial))));
        Assert.Contains(trials, trial => trial.Number != trial.Evaluation);
    }

    [Theory]
    [LocalStorages]
    public void An_option_of_a_space_that_was_stored_is_read_in_the_type_that_it_had(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        var space = new SearchSpace
        {
            ["size"] = Distribution.Choice(16, 32),
            ["rate"] = Distribution.Choice(0.5f, 0.25f),
            ["day"] = Distribution.Choice("Monday", "Friday"),
        };
        storage.OpenStudy(space: space).Dispose();
        using var study = StoredStudy.Open(storage, "study", new StudyOptions { Sampler = Samplers.Random(1) });
        var trial = study.Ask()!;

        Assert.Contains(trial.Get<int>("size"), (int[])[16, 32]);
        Assert.Contains(trial.Get<double>("size"), (double[])[16, 32]);
        Assert.Contains(trial.Get<float>("rate"), (float[])[0.5f, 0.25f]);
        Assert.Contains(trial.Get<DayOfWeek>("day"), (DayOfWeek[])[DayOfWeek.Monday, DayOfWeek.Friday]);
        Assert.Throws<InvalidOperationException>(() => trial.Get<int>("rate"));
    }
}
