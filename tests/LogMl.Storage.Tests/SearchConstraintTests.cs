using LogMl.Optimization;
using LogMl.Storage.Tests.Kit;

namespace LogMl.Storage.Tests;

/// <summary>Stored studies whose points must keep relations between parameters.</summary>
public sealed class SearchConstraintTests
{
    private static readonly StudyOptions Options = new()
    {
        Sampler = Samplers.Tpe(1),
        SearchConstraints = [new SearchConstraint("below", point => point["x"] + point["y"] < 0)],
    };

    [Fact]
    public void A_study_that_is_opened_again_asks_for_the_same_allowed_points()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        using var other = new StoragePlace(StorageKind.Sqlite);
        using var whole = place.Open().OpenStudy(Options);
        var expected = whole.RunTo(40).ConvertAll(trial => trial.Values);
        using (var part = other.Open().OpenStudy(Options))
        {
            part.RunTo(25);
        }

        using var again = other.Open().OpenStudy(Options);
        Assert.Equal(expected[25..], again.RunTo(40).ConvertAll(trial => trial.Values));
        Assert.All(expected, values => Assert.True(values["x"] + values["y"] < 0));
        Assert.Empty(again.RefusedPoints);
    }

    [Fact]
    public void Refused_points_that_are_given_are_not_run_and_are_listed_with_the_reason()
    {
        const string Reason = "The point is refused by the search constraint 'below'.";
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        using var study = storage.OpenStudy(Options, new StoredStudyOptions
        {
            FirstPoints = [Point(1, 2), Point(1, -2), new Dictionary<string, double> { ["x"] = 2 }],
        });
        Assert.Equal([Point(1, 2)], study.RefusedPoints.Select(refused => refused.Values));
        Assert.Equal(Reason, study.RefusedPoints[0].Reason);
        Assert.Throws<NoAllowedPointException>(() => study.Enqueue(Point(3, 3)));

        // Another program does not know the constraint.
        storage.Enqueue(study.Id, """{"x": 4, "y": 4}""");
        study.Refresh();
        var run = study.RunTo(5);

        Assert.Equal(Point(1, -2), run[0].Values);
        Assert.Equal(2, run[1].Values["x"]);
        Assert.All(run, trial => Assert.True(trial.Values["x"] + trial.Values["y"] < 0));
        Assert.Equal([Point(1, 2), Point(4, 4)], study.RefusedPoints.Select(refused => refused.Values));
        Assert.Equal(StoredState.Fail, storage.All(storage.FindStudy("study")!)[2].State);
        Assert.Contains(Reason, storage.ReadTrialAttributes(study.Id)[2]["fail_reason"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_without_an_allowed_point_creates_no_trial()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var storage = place.Open();
        using var study = storage.OpenStudy(Options with { SearchConstraints = [new SearchConstraint("never", _ => false)] });
        Assert.Throws<NoAllowedPointException>(() => study.Ask());
        Assert.Throws<NoAllowedPointException>(() => study.Optimize(_ => 0, 5));
        Assert.Empty(storage.All(storage.FindStudy("study")!));
    }

    private static Dictionary<string, double> Point(double x, double y) => new() { ["x"] = x, ["y"] = y };
}
