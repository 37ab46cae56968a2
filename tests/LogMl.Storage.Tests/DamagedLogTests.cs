using LogMl.Storage.Tests.Kit;

namespace LogMl.Storage.Tests;

/// <summary>Another program damages the log of an open study, or only does what is allowed.</summary>
public sealed class DamagedLogTests
{
    [Fact]
    public void A_log_that_was_overwritten_at_its_length_is_noticed_before_a_search_is_a_success_and_all_trials_are_saved()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var study = place.Open().OpenStudy();
        study.RunTo(20);
        study.RequireStored();
        var log = place.File + "-wal";
        using (var file = new FileStream(log, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            file.Position = 100;
            file.Write(new byte[file.Length - file.Position]);
        }

        var exception = Assert.Throws<StorageException>(study.RequireStored);
        Assert.Equal(StorageProblem.Gone, exception.Problem);
        var saved = Assert.Single(Directory.GetFiles(place.Folder, "study.*.db"));
        Assert.Contains($"is saved in '{saved}'", exception.Message, StringComparison.Ordinal);
        using var storage = StudyStorages.Sqlite(saved);
        Assert.Equal(20, storage.All(storage.FindStudy("study")!).Count(trial => trial.State == StoredState.Complete));
    }

    /// <summary>This process does not have in memory what another process has written last.</summary>
    [Fact]
    public void A_damaged_log_whose_trials_cannot_be_saved_is_an_error_and_leaves_no_partial_file()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var study = place.Open().OpenStudy();
        study.RunTo(20);
        place.Open().OpenStudy().RunTo(40);
        var log = place.File + "-wal";
        using (var file = new FileStream(log, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            file.Position = 100;
            file.Write(new byte[file.Length - file.Position]);
        }

        var exception = Assert.Throws<StorageException>(study.RequireStored);
        Assert.True(
            exception.Problem == StorageProblem.Gone && exception.Message.Contains("could not be saved either", StringComparison.Ordinal),
            exception.Problem + " " + exception.Message);
        Assert.Empty(Directory.GetFiles(place.Folder, "study.*.db"));
    }

    [Fact]
    public void A_log_that_another_program_has_brought_into_the_file_is_no_damage()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var study = place.Open().OpenStudy();
        study.RunTo(20);
        Assert.Equal(0L, place.Scalar("PRAGMA wal_checkpoint(TRUNCATE)"));
        Assert.Equal(0, new FileInfo(place.File + "-wal").Length);
        study.RunTo(25);
        study.RequireStored();
        Assert.Equal(25, study.Finished);
        Assert.Single(Directory.GetFiles(place.Folder, "*.db"));
    }
}
