using LogMl.Optimization;
using LogMl.Storage.Tests.Kit;
using LogMl.TestKit.Postgres;

namespace LogMl.Storage.Tests;

/// <summary>Listing and deleting the studies of a storage.</summary>
public sealed class StudyListTests
{
    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void A_list_has_the_studies_with_their_trials_by_state_the_best_and_when_they_ran(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        Assert.Empty(storage.ListStudies());
        var before = DateTime.UtcNow.AddMinutes(-1);
        using (var study = Open(storage, "great", Direction.Maximize))
        {
            Assert.True(study.Tell(study.Ask()!, 1));
            Assert.True(study.Tell(study.Ask()!, 3));
            Assert.True(study.Tell(study.Ask()!, 3));
            Assert.True(study.TellFailed(study.Ask()!));
            Assert.True(study.TellPruned(study.Ask()!));
            Assert.True(study.FailAndRetry(study.Ask()!));
            study.Ask();
            study.Ask();
            study.Enqueue(new Dictionary<string, double> { ["x"] = 1 });
        }

        Open(storage, "new", Direction.Minimize).Dispose();
        using (var study = Open(storage, "bounded", Direction.Minimize))
        {
            Assert.True(study.Tell(study.Ask()!, new TrialResult(1) { Constraints = [0.5, -1] }));
            Assert.True(study.Tell(study.Ask()!, new TrialResult(2) { Constraints = [-0.5, 0] }));
            Assert.True(study.Tell(study.Ask()!, new TrialResult(3)));
            Assert.Equal(study.Best!.Number, storage.ListStudies()[2].Best!.Number);
        }

        using (var study = Open(storage, "two", Direction.Minimize, Direction.Maximize))
        {
            Assert.True(study.Tell(study.Ask()!, new TrialResult(1, 2)));
        }

        var list = storage.ListStudies();
        Assert.Equal(["great", "new", "bounded", "two"], list.Select(study => study.Name));
        var great = list[0];
        Assert.Equal([Direction.Maximize], great.Directions);
        Assert.Equal((1, 2, 3, 1, 1), (great.Waiting, great.Running, great.Complete, great.Pruned, great.Failed));
        Assert.Equal((1, 9), (great.Repeated, great.Trials));
        Assert.Equal(new BestTrial(1, 3), great.Best);
        Assert.InRange(great.FirstStarted!.Value, before, great.LastEnded!.Value);
        Assert.InRange(great.LastEnded.Value, before, DateTime.UtcNow.AddMinutes(1));
        Assert.Equal((0, null, null, null), (list[1].Trials, list[1].Best, list[1].FirstStarted, list[1].LastEnded));
        Assert.Equal(new BestTrial(1, 2), list[2].Best);
        Assert.Equal([Direction.Minimize, Direction.Maximize], list[3].Directions);
        Assert.Null(list[3].Best);
    }

    [Theory]
    [LocalStorages]
    public void A_study_is_deleted_by_its_name(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        Open(storage, "one", Direction.Minimize).Dispose();
        Open(storage, "two", Direction.Minimize).Dispose();
        Assert.True(storage.DeleteStudy("one"));
        Assert.False(storage.DeleteStudy("one"));
        Assert.Equal("two", Assert.Single(storage.ListStudies()).Name);
    }

    private static StoredStudy Open(StudyStorage storage, string name, params Direction[] directions) =>
        StoredStudy.Open(storage, name, Samples.TwoNumbers(), new StudyOptions { Sampler = Samplers.Random(1), Directions = directions });
}
