using System.Globalization;
using LogMl.Storage;
using LogMl.Storage.Databases;
using Microsoft.Data.Sqlite;

namespace LogMl.Host.Tests.Faults;

/// <summary>The copy of a study that is made when its file is gone.</summary>
public sealed class SavedCopyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void A_copy_that_is_deleted_together_with_its_folder_is_made_again(int deletions)
    {
        var folder = Directory.CreateTempSubdirectory("logml saved ").FullName;
        try
        {
            var (message, copy) = Save(folder, deletions);
            Assert.Contains($"is saved in '{copy}'", message, StringComparison.Ordinal);
            using var saved = Open(copy);
            Assert.Equal(7L, Scalar(saved, "SELECT value FROM numbers"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_copy_that_is_deleted_every_time_is_not_said_to_be_saved()
    {
        var folder = Directory.CreateTempSubdirectory("logml saved ").FullName;
        var (message, _) = Save(folder, int.MaxValue);
        Assert.Contains("could not be saved either", message, StringComparison.Ordinal);
        Assert.Contains("another program deleted it again", message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    /// <summary>Deletes a file that is in use, and its folder with the copy some times more.</summary>
    private static (string Message, string Copy) Save(string folder, int deletions)
    {
        var path = Path.Combine(folder, "study.db");
        using var connection = Open(path);
        Scalar(connection, "PRAGMA journal_mode = WAL; CREATE TABLE numbers (value INTEGER); INSERT INTO numbers VALUES (7);");
        var left = deletions;
        var watch = new SqliteFileWatch(connection, path, _ =>
        {
            if (left-- > 0)
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        watch.RequireAfterCommit();
        Directory.Delete(folder, recursive: true);
        var message = Assert.Throws<StorageException>(watch.RequireInPlace).Message;
        return (message, Directory.Exists(folder) ? Assert.Single(Directory.GetFiles(folder, "study.*.db")) : "");
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(string.Create(CultureInfo.InvariantCulture, $"Data Source={path};Pooling=False"));
        connection.Open();
        return connection;
    }

    private static object? Scalar(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar();
    }
}
