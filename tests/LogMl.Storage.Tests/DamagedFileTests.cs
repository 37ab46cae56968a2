using CsCheck;
using LogMl.Optimization;
using LogMl.Storage.Tests.Kit;

namespace LogMl.Storage.Tests;

/// <summary>A file that is not a study, or no longer one, gives one clear error, and is not damaged further.</summary>
public sealed class DamagedFileTests
{
    /// <summary>Options whose trials have an attribute that shows which program they are of.</summary>
    private static readonly StoredStudyOptions Marked = new() { TrialAttributes = new Dictionary<string, string> { ["logml:inputs"] = "\"1\"" } };

    public static TheoryData<string, StorageProblem> Refused => new()
    {
        { "CREATE TABLE studies (id INTEGER)", StorageProblem.NotAStudy },
        { "CREATE TABLE studies (id INTEGER); CREATE TABLE trials (id INTEGER)", StorageProblem.NotAStudy },
        { "+UPDATE alembic_version SET version_num = 'v9.9.9.z'", StorageProblem.UnknownSchema },
        { "+UPDATE alembic_version SET version_num = 'v2.6.0.a'", StorageProblem.UnknownSchema },
        { "+UPDATE logml_version SET version = 2", StorageProblem.UnknownSchema },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Tables_that_are_not_ours_are_refused_and_left_as_they_are(string sql, StorageProblem problem)
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        if (sql[0] == '+')
        {
            place.Open().Dispose();
        }

        place.Execute(sql.TrimStart('+'));
        var before = File.ReadAllBytes(place.File);
        var exception = Assert.Throws<StorageException>(() => place.Open());
        Assert.Equal(problem, exception.Problem);
        Assert.Contains(place.File, exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(place.File));
    }

    [Fact]
    public void The_revision_before_is_good_enough()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        place.Open().Dispose();
        place.Execute("UPDATE alembic_version SET version_num = 'v3.0.0.d'");
        Assert.Single(place.Open().OpenStudy().RunTo(1));
    }

    [Fact]
    public void Another_applications_tables_may_be_beside_a_study()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        place.Execute("CREATE TABLE customers (name TEXT); INSERT INTO customers VALUES ('Ada')");
        Assert.Single(place.Open().OpenStudy().RunTo(1));
        Assert.Equal("Ada", place.Scalar("SELECT name FROM customers"));
    }

    [Fact]
    public void An_empty_file_becomes_a_study()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        File.WriteAllBytes(place.File, []);
        Assert.Single(place.Open().OpenStudy().RunTo(1));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("SQLite format")]
    public void Another_file_is_refused_and_left_as_it_is(string content)
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        File.WriteAllText(place.File, content + new string('x', 200));
        var before = File.ReadAllBytes(place.File);
        Assert.Equal(StorageProblem.NotAStudy, Assert.Throws<StorageException>(() => place.Open()).Problem);
        Assert.Equal(before, File.ReadAllBytes(place.File));
        Assert.Single(Directory.GetFiles(place.Folder));
    }

    [Fact]
    public void A_folder_in_its_place_and_a_missing_folder_are_errors()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        Directory.CreateDirectory(place.File);
        var exception = Assert.Throws<StorageException>(() => place.Open());
        Assert.Equal(StorageProblem.Unavailable, exception.Problem);
        Assert.StartsWith($"'{place.File}' is a folder, and studies are stored in a file.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(StorageProblem.Unavailable, Assert.Throws<StorageException>(() => StudyStorages.Sqlite(Path.Combine(place.Folder, "none", "study.db"))).Problem);
    }

    [Fact]
    public void Two_trials_of_one_number_are_refused()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        place.Open().OpenStudy().RunTo(2);
        place.Execute("DROP INDEX logml_trials_number; DROP TABLE logml_version; UPDATE trials SET number = 0");
        Assert.Equal(StorageProblem.UnknownSchema, Assert.Throws<StorageException>(() => place.Open()).Problem);
    }

    [Fact]
    public void A_trial_of_this_program_without_one_of_its_parameters_is_not_taken_for_one_of_another()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        place.Open().OpenStudy(stored: Marked).RunTo(2);
        place.Execute("DELETE FROM trial_params WHERE trial_id = 2 AND param_name = 'y'");
        var refused = Assert.Throws<StorageException>(() => place.Open().OpenStudy(stored: Marked));
        Assert.Contains("of trial 1, it has no 'y'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_complete_trial_without_values_is_damage()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        place.Open().OpenStudy().RunTo(2);
        place.Execute("DELETE FROM trial_values WHERE trial_id = 2");
        Assert.Equal(StorageProblem.Damaged, Assert.Throws<StorageException>(() => place.Open().OpenStudy()).Problem);
    }

    [Fact]
    public void A_truncated_file_is_refused_and_left_as_it_is()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var (bytes, _) = Study(place);
        Gen.Int[1, bytes.Length - 1].Sample(
            length =>
            {
                File.WriteAllBytes(place.File, bytes[..length]);
                var exception = Assert.Throws<StorageException>(() => place.Open());
                Assert.Contains(exception.Problem, new[] { StorageProblem.Damaged, StorageProblem.NotAStudy });
                Assert.Equal(bytes[..length], File.ReadAllBytes(place.File));
            },
            iter: 200,
            threads: 1);
    }

    /// <summary>
    /// Whole sectors are overwritten, as when a disk loses them. SQLite has no checksums, but an overwritten sector also damages the
    /// headers of rows, which SQLite checks.
    /// </summary>
    [Fact]
    public void A_file_with_an_overwritten_sector_has_all_trials_or_is_an_error()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        var (bytes, evaluations) = Study(place);
        var (refused, unnoticed) = (0, 0);
        var random = new Random(1);
        for (var offset = 0; offset < bytes.Length; offset += 512)
        {
            var damaged = (byte[])bytes.Clone();
            var sector = damaged.AsSpan(offset, Math.Min(512, bytes.Length - offset));
            if (offset / 512 % 2 == 0)
            {
                sector.Clear();
            }
            else
            {
                random.NextBytes(sector);
            }

            File.WriteAllBytes(place.File, damaged);
            try
            {
                using var storage = StudyStorages.Sqlite(place.File);
                using var study = storage.OpenStudy(stored: Marked, space: Samples.Conditional());
                unnoticed += Search.Evaluations(storage).SequenceEqual(evaluations) ? 0 : 1;
            }
            catch (StorageException)
            {
                refused++;
            }

            File.Delete(place.File + "-wal");
            File.Delete(place.File + "-shm");
        }

        Assert.True(refused > 10);
        Assert.Equal(0, unnoticed);
    }

    [Fact]
    public void A_file_that_has_lost_its_tables_is_refused_where_there_have_been_some()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        place.Execute("CREATE TABLE t (a); DROP TABLE t");
        var before = File.ReadAllBytes(place.File);
        var exception = Assert.Throws<StorageException>(() => place.Open(new StorageOptions { MayBeginFile = false }));
        Assert.Equal(StorageProblem.Damaged, exception.Problem);
        Assert.Equal(before, File.ReadAllBytes(place.File));
        Assert.Single(place.Open().OpenStudy().RunTo(1));
    }

    /// <summary>
    /// Only the beginning of a log is left that was in the file already. Its old pages then hide the newer ones of the file, and each page
    /// by itself is valid.
    /// </summary>
    [Fact]
    public void A_file_that_is_inconsistent_after_a_kill_is_refused_and_left_as_it_is()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        byte[] log;
        using (var storage = StudyStorages.Sqlite(place.File))
        {
            using var study = storage.OpenStudy();
            study.RunTo(20);
        }

        using (var storage = StudyStorages.Sqlite(place.File))
        {
            using var study = storage.OpenStudy();
            study.RunTo(60);
            log = File.ReadAllBytes(place.File + "-wal");
        }

        var (whole, refused) = (File.ReadAllBytes(place.File), 0);
        const int Header = 32, Frame = 24 + 4096;
        for (var frames = 1; frames < (log.Length - Header) / Frame; frames += 3)
        {
            var rest = log[..(Header + (frames * Frame))];
            File.WriteAllBytes(place.File, whole);
            File.WriteAllBytes(place.File + "-wal", rest);
            try
            {
                using var storage = StudyStorages.Sqlite(place.File);
                using var study = storage.OpenStudy();
                study.RunTo(60);
            }
            catch (StorageException exception)
            {
                Assert.Equal(StorageProblem.Damaged, exception.Problem);
                Assert.Equal(whole, File.ReadAllBytes(place.File));
                Assert.Equal(rest, File.ReadAllBytes(place.File + "-wal"));
                refused++;
            }

            File.Delete(place.File + "-wal");
            File.Delete(place.File + "-shm");
        }

        Assert.True(refused > 5, $"{refused} were refused.");
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("", false)]
    [InlineData("-wal", true)]
    [InlineData("-wal", false)]
    public void A_file_that_is_gone_while_it_is_open_is_an_error_and_what_is_stored_is_saved(string suffix, bool isRead)
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        string saved;
        using (var storage = place.Open())
        {
            using var study = storage.OpenStudy();
            study.RunTo(5);
            File.Delete(place.File + suffix);
            for (var time = 0; time < 2; time++)
            {
                var exception = Assert.Throws<StorageException>(() => isRead ? storage.FindStudy("study") : study.Ask(10));
                Assert.Equal(StorageProblem.Gone, exception.Problem);
                Assert.Contains($"'{place.File}{suffix}' was deleted, moved or replaced", exception.Message, StringComparison.Ordinal);
            }

            saved = Assert.Single(Directory.GetFiles(place.Folder, "study.*.db"));
        }

        using var copy = StudyStorages.Sqlite(saved);
        Assert.Equal(5, copy.All(copy.FindStudy("study")!).Count(trial => trial.State == StoredState.Complete));
    }

    private static (byte[] Bytes, IReadOnlyList<string> Evaluations) Study(StoragePlace place)
    {
        IReadOnlyList<string> evaluations;
        using (var storage = place.Open())
        {
            using var study = storage.OpenStudy(stored: Marked, space: Samples.Conditional());
            study.RunTo(40);
            evaluations = Search.Evaluations(storage);
        }

        Assert.False(File.Exists(place.File + "-wal"));
        return (File.ReadAllBytes(place.File), evaluations);
    }
}
