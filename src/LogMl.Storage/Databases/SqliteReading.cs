using Microsoft.Data.Sqlite;

namespace LogMl.Storage.Databases;

/// <summary>Opens a SQLite file that is only looked at, also one that cannot be written, or lies in a folder that cannot.</summary>
internal static class SqliteReading
{
    /// <exception cref="StorageException">The file is not there, or cannot be read.</exception>
    public static SqliteConnection Open(string path, int timeout)
    {
        if (!File.Exists(path))
        {
            throw new StorageException(StorageProblem.Unavailable, $"'{path}' does not exist. A storage that is read only is not made.");
        }

        SqliteException? refusal = null;
        foreach (var way in Ways(path))
        {
            way.Pooling = false;
            way.DefaultTimeout = timeout;
            var connection = new SqliteConnection(way.ToString());
            try
            {
                connection.Open();
                using var probe = connection.CreateCommand();
                probe.CommandText = "SELECT COUNT(*) FROM sqlite_master";
                probe.ExecuteScalar();
                return connection;
            }
            catch (SqliteException exception)
            {
                connection.Dispose();
                refusal ??= exception;
                if (exception.SqliteErrorCode is not
                    (SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_PERM))
                {
                    throw SqliteFile.Problem(path, exception);
                }
            }
        }

        throw new StorageException(
            StorageProblem.Unavailable,
            $"'{path}' cannot be read: {refusal!.Message} Make the file readable, or copy it to a folder that can be written.",
            refusal);
    }

    private static IEnumerable<SqliteConnectionStringBuilder> Ways(string path)
    {
        // Beside a process that writes, SQLite must create files in order to read. A connection that can write removes them when it closes.
        yield return new() { DataSource = path, Mode = SqliteOpenMode.ReadWrite };

        // If the files already exist, a read-only connection can use them.
        yield return new() { DataSource = path, Mode = SqliteOpenMode.ReadOnly };

        // Without the files, no process writes now, and none can begin to that has no write permission for the folder either.
        if (!SqliteFile.HasJournal(path))
        {
            yield return new() { DataSource = new Uri(path).AbsoluteUri + "?immutable=1", Mode = SqliteOpenMode.ReadOnly };
        }
    }
}
