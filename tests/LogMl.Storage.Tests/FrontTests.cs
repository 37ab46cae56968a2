using System.Globalization;
using LogMl.Optimization;
using LogMl.Storage.Tests.Kit;
using LogMl.TestKit.Postgres;

namespace LogMl.Storage.Tests;

/// <summary>The Pareto front of a stored study, and the trial of it that stands for all.</summary>
public sealed class FrontTests
{
    private static readonly SearchSpace Space = new() { { "x", Distribution.Uniform(0, 1) } };

    [Theory]
    [InlineData("0,9 1,1 9,0", 1)]
    [InlineData("0,900 1,100 9,0", 1)]
    [InlineData("0,1 1,0", 0)]
    [InlineData("5,5 5,5 6,4", 0)]
    [InlineData("3,3", 0)]
    [InlineData("-1.7e308,1 0,0.1 1.7e308,0", 1)]
    [InlineData("0,9 1,1 0.5,0.5 9,0", 2)]
    public void The_nearest_to_the_ideal_stands_for_the_front_and_of_equals_the_earlier_one(string results, int chosen)
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var study = Open(place.Open());
        Tell(study, results, []);
        Assert.Equal(chosen, study.Best!.Number);
        Assert.Equal(study.History.BestTrials.Select(study.NumberOf).Order(), study.Front.Select(result => result.Number));
        Assert.Null(study.LeastViolating);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [PostgresInlineData(StorageKind.Postgres)]
    public void Constraints_can_be_replaced_and_then_another_trial_is_the_best(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        using (var study = Open(storage))
        {
            Tell(study, "1,1 2,2 3,3", [0.5, 0.25, 1]);
            Assert.Equal((null, 1, true, 0), (study.Best, study.LeastViolating!.Number, study.HasResults, study.Front.Count));
        }

        var record = storage.FindStudy("study")!;
        var ids = storage.ReadTrials(record.Id, -1, []).Select(trial => trial.Id).ToArray();
        storage.SetConstraints(new Dictionary<long, IReadOnlyList<double>> { [ids[0]] = [-1, 2], [ids[1]] = [-1, 0], [ids[2]] = [] });

        using var again = Open(storage);
        Assert.Equal(["-1 2", "-1 0", ""], storage.ReadTrials(record.Id, -1, []).Select(trial => string.Join(' ', trial.Constraints)));
        Assert.Equal((1, 0, 2.0), (again.Best!.Number, again.LeastViolating!.Number, again.LeastViolating.Violation));
    }

    [Theory]
    [InlineData("1,9 5,5 9,1", 1)]
    [InlineData("5,5 1,1 1,1", 1)]
    [InlineData("0,9 0,9 0,9", 0)]
    public void Of_trials_that_violate_the_constraints_as_little_the_best_one_stands_for_them(string results, int chosen)
    {
        using var place = new StoragePlace(StorageKind.Memory);
        var study = Open(place.Open());
        Tell(study, results + " 0,0", [0.5, 0.5, 0.5, 1]);
        Assert.Equal(chosen, study.LeastViolating!.Number);
    }

    private static StoredStudy Open(StudyStorage storage) => StoredStudy.Open(
        storage, "study", Space,
        new StudyOptions { Sampler = Samplers.Random(1), Directions = [Direction.Minimize, Direction.Minimize] },
        new StoredStudyOptions { ObjectiveNames = ["a", "b"] });

    private static void Tell(StoredStudy study, string results, double[] violations)
    {
        foreach (var (result, i) in results.Split(' ').Select((result, i) => (result, i)))
        {
            double[] values = [.. result.Split(',').Select(value => double.Parse(value, CultureInfo.InvariantCulture))];
            Assert.True(study.Tell(study.Ask()!, new TrialResult(values) { Constraints = violations.Length == 0 ? [] : [violations[i]] }));
        }
    }
}
