using System.Security.Cryptography;
using LogMl.Optimization;
using LogMl.Storage.Tests.Kit;
using LogMl.TestKit;
using LogMl.TestKit.Postgres;

namespace LogMl.Storage.Tests;

/// <summary>Studies that are opened with the stored space: to continue them, or only to view them.</summary>
public sealed class ViewedStudyTests
{
    [Theory]
    [LocalStorages]
    [PostgresInlineData(StorageKind.Postgres)]
    public void A_study_goes_on_with_the_space_and_the_direction_that_are_stored(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        var options = new StudyOptions { Sampler = Samplers.Tpe(seed: 1), Directions = [Direction.Maximize] };
        using (var study = storage.OpenStudy(options, space: Samples.Conditional()))
        {
            study.RunTo(5);
        }

        using var again = StoredStudy.Open(storage, "study", new StudyOptions { Sampler = Samplers.Tpe(seed: 1) });
        Assert.False(again.IsNew);
        Assert.Empty(again.SpaceChanges);
        Assert.Equal([Direction.Maximize], again.History.Directions);
        again.RunTo(12);

        using var other = new StoragePlace(kind);
        using var whole = other.Open().OpenStudy(options, space: Samples.Conditional());
        whole.RunTo(12);
        Assert.Equal(whole.History.Trials.Select(trial => trial.Values), again.History.Trials.Select(trial => trial.Values));
    }

    [Theory]
    [LocalStorages]
    public void A_study_that_is_not_there_is_named_with_those_that_are(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var storage = place.Open();
        storage.OpenStudy().Dispose();
        Action[] all =
        [
            () => storage.ViewStudy("stduy"),
            () => StoredStudy.Open(storage, "stduy", new StudyOptions { Sampler = Samplers.Random(1) }),
        ];
        foreach (var open in all)
        {
            var exception = Assert.Throws<StorageException>(open);
            Assert.Equal(StorageProblem.NotFound, exception.Problem);
            Assert.Equal(
                $"There is no study 'stduy' in the {storage.DisplayName} (did you mean 'study'?). It has 'study'.", exception.Message);
        }
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [PostgresInlineData(StorageKind.Postgres)]
    public void A_view_shows_a_study_while_it_is_searched_and_changes_nothing(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        using var search = place.Open().OpenStudy(
            new StudyOptions { Sampler = Samplers.Random(1), Duplicates = DuplicateHandling.Reuse }, space: Samples.Conditional());
        search.RunTo(6);
        var running = search.Ask()!;
        var rows = Rows(place);

        using var storage = StoragePlace.Open(place.Address, new StorageOptions { ReadOnly = true });
        var view = storage.ViewStudy("study");
        Assert.Equal((7, 6, 6), (view.Evaluations, view.Finished, view.Count(TrialState.Complete)));
        Assert.Equal((search.Best!.Number, search.Best.Loss), (view.Best!.Number, view.Best.Loss));
        Assert.Equal(search.History.Trials.Select(trial => trial.Loss), view.History.Trials.Select(trial => trial.Loss));
        Assert.Equal(Importances.PedAnova(search.History), Importances.PedAnova(view.History));
        Assert.Empty(view.RunByOthers);
        Assert.Equal(rows, Rows(place));

        Assert.True(search.Tell(running, -7));
        view.Refresh();
        Assert.Equal((7, running.Number), (view.Finished, view.Best!.Number));
        Assert.Equal("study", Assert.Single(storage.ListStudies()).Name);
    }

    [Theory]
    [InlineData(StorageKind.Sqlite)]
    [PostgresInlineData(StorageKind.Postgres)]
    public void What_is_read_only_refuses_what_writes_and_a_place_without_studies(StorageKind kind)
    {
        using var place = new StoragePlace(kind);
        var options = new StorageOptions { ReadOnly = true };
        Assert.Throws<StorageException>(() => StoragePlace.Open(place.Address, options));
        place.Open().OpenStudy().Dispose();

        using var storage = StoragePlace.Open(place.Address, options);
        var exception = Assert.Throws<InvalidOperationException>(() => storage.OpenStudy());
        Assert.Contains("read only", exception.Message, StringComparison.Ordinal);
        var search = new StudyOptions { Sampler = Samplers.Random(1) };
        Assert.Throws<InvalidOperationException>(() => StoredStudy.Open(storage, "study", search));
        Assert.Throws<InvalidOperationException>(() => storage.DeleteStudy("study"));
        Assert.Throws<StorageException>(() => storage.Enqueue(1, "{}"));
        Assert.Single(storage.ListStudies());
    }

    [Fact]
    public void A_view_leaves_the_file_and_its_folder_as_they_are()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        using (var storage = StudyStorages.Sqlite(place.File))
        using (var study = storage.OpenStudy())
        {
            study.RunTo(3);
        }

        var before = Files(place.Folder);
        using (var storage = StudyStorages.Sqlite(place.File, new StorageOptions { ReadOnly = true }))
        {
            Assert.Equal(3, storage.ViewStudy("study").Finished);
        }

        Assert.Equal(before, Files(place.Folder));
    }

    [SmallDiskFact]
    public void A_study_on_a_disk_that_cannot_be_written_is_shown()
    {
        using var folder = new TempDirectory("disk");
        using var disk = new SmallDisk(folder.Path, 4000);
        var file = Path.Combine(disk.Path, "a b%23.db");
        using (var storage = StudyStorages.Sqlite(file))
        using (var study = storage.OpenStudy())
        {
            study.RunTo(3);
        }

        disk.MakeReadOnly();
        using (var storage = StudyStorages.Sqlite(file, new StorageOptions { ReadOnly = true }))
        {
            Assert.Equal(3, storage.ViewStudy("study").Finished);
            Assert.Single(storage.ListStudies());
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_not_made()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var exception = Assert.Throws<StorageException>(() => StudyStorages.Sqlite(place.File, new StorageOptions { ReadOnly = true }));
        Assert.Contains("does not exist", exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(place.File));
    }

    private static string Rows(StoragePlace place)
    {
        string[] tables = ["trials", "logml_leases", "trial_params", "study_user_attributes", "study_system_attributes"];
        return string.Join(' ', tables.Select(table => place.Scalar($"SELECT COUNT(*) FROM {table}")));
    }

    private static string[] Files(string folder) =>
    [
        .. Directory.GetFiles(folder).Order(StringComparer.Ordinal)
            .Select(file => $"{file} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"),
    ];
}
