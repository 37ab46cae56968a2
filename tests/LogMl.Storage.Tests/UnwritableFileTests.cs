using System.Diagnostics;
using LogMl.Storage.Tests.Kit;
using LogMl.TestKit;

namespace LogMl.Storage.Tests;

/// <summary>Full disks, and files without write permission.</summary>
public sealed class UnwritableFileTests
{
    private const string Nobody = "65534";

    [SmallDiskFact]
    public void On_a_full_disk_a_search_ends_with_an_error_and_what_was_finished_is_stored()
    {
        using var folder = new TempDirectory("disk");
        using var disk = new SmallDisk(folder.Path, 2500);
        var file = Path.Combine(disk.Path, "study.db");
        var told = new List<int>();
        var note = new Dictionary<string, string> { ["note"] = $"\"{new string('x', 4000)}\"" };
        StorageException exception;
        using (var storage = StudyStorages.Sqlite(file))
        {
            using var study = storage.OpenStudy();
            exception = Assert.Throws<StorageException>(() =>
            {
                while (study.Ask(10_000) is { } trial)
                {
                    Assert.True(study.Tell(trial, new Optimization.TrialResult(Samples.Loss(trial.Values)), note));
                    told.Add(trial.Number);
                }
            });
        }

        Assert.Equal(StorageProblem.Unavailable, exception.Problem);
        Assert.Contains("the disk is full", exception.Message, StringComparison.Ordinal);
        Assert.True(told.Count > 10);
        disk.Resize(10_000);
        using (var storage = StudyStorages.Sqlite(file))
        {
            using var study = storage.OpenStudy();
            Assert.Equal(
                told,
                storage.All(storage.FindStudy("study")!).Where(trial => trial.State == StoredState.Complete).Select(trial => trial.Number));
            study.RunTo(told.Count + 5);
            Assert.Equal(told.Count + 5, study.Finished);
        }
    }

    [Theory]
    [InlineData("/proc/x.db", "cannot be written")]
    [InlineData("/dev/null", "is no regular file")]
    public void A_path_where_no_file_can_be_made_is_an_error_that_says_so(string path, string expected)
    {
        var exception = Assert.Throws<StorageException>(() => StudyStorages.Sqlite(path));
        Assert.Equal(StorageProblem.Unavailable, exception.Problem);
        Assert.StartsWith($"'{path}' {expected}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_pipe_is_refused_at_once()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        Run("mkfifo", place.File);
        var exception = Assert.Throws<StorageException>(() => place.Open());
        Assert.Equal(StorageProblem.Unavailable, exception.Problem);
        Assert.StartsWith($"'{place.File}' is no regular file", exception.Message, StringComparison.Ordinal);
    }

    [RootFact]
    public void A_file_or_a_folder_that_may_not_be_written_is_an_error_that_says_so()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        using (var storage = place.Open())
        {
            storage.OpenStudy().RunTo(2);
        }

        var before = File.ReadAllBytes(place.File);
        foreach (var (file, folder) in new[] { ("444", "755"), ("444", "777"), ("666", "755") })
        {
            Run("chmod", file, place.File);
            Run("chmod", folder, place.Folder);
            Run("chmod", "755", Path.GetDirectoryName(place.Folder)!);
            var (exitCode, _, errors) = BoundedProcess.TryRun(new ProcessStartInfo(
                "setpriv",
                [
                    "--reuid=" + Nobody, "--regid=" + Nobody, "--clear-groups",
                    OtherProcess.Dotnet, typeof(UnwritableFileTests).Assembly.Location, "search", place.File, "3", "1",
                ]));
            Assert.NotEqual(0, exitCode);
            Assert.Contains("StorageException", errors, StringComparison.Ordinal);
            Assert.Contains(place.File, errors, StringComparison.Ordinal);
            Assert.Equal(before, File.ReadAllBytes(place.File));
        }
    }

    private static void Run(string program, params string[] arguments) => BoundedProcess.Run(new ProcessStartInfo(program, arguments));
}
