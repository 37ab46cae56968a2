using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace LogMl.Storage.Databases;

/// <summary>
/// Whether the file that a connection has open is still the one at its path. Where files can be deleted while they are open, SQLite goes on with one that nobody will ever find
/// again, and every commit succeeds. What is stored in such a file is saved to another one.
/// </summary>
internal sealed partial class SqlitePlace(SqliteConnection connection, string path)
{
    /// <summary>SQLITE_FCNTL_HAS_MOVED: compares the inode of the open file with that at the path. On Windows, where an open file stays, there is no such thing.</summary>
    private const int HasMovedCode = 20;

    private readonly string _log = path + "-wal";
    private bool _hasLog;
    private string? _finding;

    /// <summary>To be called outside of a transaction.</summary>
    /// <exception cref="StorageException">The file, or the log with its latest changes, is gone.</exception>
    public void Require()
    {
        if (_finding is null && Missing() is { } missing)
        {
            _finding = $"'{missing}' was deleted, moved or replaced while it was in use. {Save()}";
        }

        if (_finding is not null)
        {
            throw new StorageException(StorageProblem.Gone, _finding);
        }
    }

    /// <summary>The same after a commit: from the first one on there is a log, unless the file system cannot have one.</summary>
    public void RequireAfterCommit()
    {
        _hasLog = _hasLog || File.Exists(_log);
        Require();
    }

    private string? Missing() => !File.Exists(path) || HasMoved() ? path : _hasLog && !File.Exists(_log) ? _log : null;

    private bool HasMoved()
    {
        var hasMoved = 0;
        return FileControl(connection.Handle!, null, HasMovedCode, ref hasMoved) == SQLitePCL.raw.SQLITE_OK && hasMoved != 0;
    }

    /// <summary>Writes what the open file has to a new one.</summary>
    /// <returns>Where it is, and what to do with it; or why that went wrong.</returns>
    private string Save()
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var time = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

        // Other processes that have the file open save it, too.
        var copy = Path.Combine(Path.GetDirectoryName(path)!, string.Create(CultureInfo.InvariantCulture, $"{name}.{time}.{Environment.ProcessId}{Path.GetExtension(path)}"));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var command = connection.CreateCommand();
            command.CommandText = "VACUUM INTO @copy";
            command.Parameters.AddWithValue("@copy", copy);
            command.ExecuteNonQuery();
            return $"All that was stored is saved in '{copy}': move that to '{path}' to go on with it.";
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            return $"What was stored could not be saved either, to '{copy}': {exception.Message}";
        }
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial int FileControl(SafeHandle connection, string? database, int operation, ref int result);
}
