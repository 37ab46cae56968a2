using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace LogMl.Storage.Databases;

/// <summary>
/// Whether the file that a connection has open is still the one at its path, with all of the log beside it. Where files can be deleted while they are open, SQLite goes on with one that
/// nobody will ever find again; a log that somebody has cut it fills up with zeros; and every commit succeeds. What is stored is saved to another file.
/// </summary>
internal sealed partial class SqlitePlace(SqliteConnection connection, string path)
{
    /// <summary>SQLITE_FCNTL_HAS_MOVED: compares the inode of the open file with that at the path. On Windows, where an open file stays, there is no such thing.</summary>
    private const int HasMovedCode = 20;

    private readonly string _log = path + "-wal";

    /// <summary>How long the log was when it was last looked at; null before there was one.</summary>
    private long? _logLength;
    private bool _isLogShorter;
    private string? _finding;

    /// <summary>To be called outside of a transaction.</summary>
    /// <exception cref="StorageException">The file, or the log with its latest changes, is gone, or a part of it.</exception>
    public void Require()
    {
        if (_finding is null && Missing() is { } missing)
        {
            _finding = $"'{missing}' was deleted, moved or replaced while it was in use. {Save()}";
        }

        LookAtLog();
        if (_isLogShorter)
        {
            // Another program may have brought all of it into the file, and cut it as SQLite does.
            _isLogShorter = false;
            RequireWhole();
        }

        ThrowFinding();
    }

    /// <summary>Remembers when the log is shorter than it was. To be called before a commit, too: that writes behind the end that the log should have, and afterwards it is as long as before.</summary>
    public void LookAtLog()
    {
        if (_logLength is { } before && new FileInfo(_log) is { Exists: true, Length: var length })
        {
            _isLogShorter |= length < before;
            _logLength = length;
        }
    }

    /// <summary>The same as <see cref="Require"/> after a commit: from the first one on there is a log, unless the file system cannot have one.</summary>
    public void RequireAfterCommit()
    {
        _logLength ??= new FileInfo(_log) is { Exists: true, Length: var length } ? length : null;
        Require();
    }

    /// <summary>
    /// Reads everything as another process will. This connection has pages in its memory that are right whatever became of the files; a new one has none. It takes 0.05 s for 5,000
    /// trials of ten parameters.
    /// </summary>
    /// <exception cref="StorageException">A part of the file, or of its log, is lost.</exception>
    public void RequireWhole()
    {
        if (_finding is null && Damage() is { } damage)
        {
            _finding = $"'{path}', or its log '{_log}', was cut or overwritten by another program while it was in use, and cannot be read any more ({damage}). {Save()}";
        }

        ThrowFinding();
    }

    private void ThrowFinding()
    {
        if (_finding is not null)
        {
            throw new StorageException(StorageProblem.Gone, _finding);
        }
    }

    private string? Missing() => !File.Exists(path) || HasMoved() ? path : _logLength is not null && !File.Exists(_log) ? _log : null;

    private string? Damage()
    {
        try
        {
            using var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = connection.DefaultTimeout }.ToString());
            other.Open();
            using var check = other.CreateCommand();
            check.CommandText = "PRAGMA integrity_check(1)";
            return check.ExecuteScalar() is string finding and not "ok" ? finding.ReplaceLineEndings(" ") : null;
        }
        catch (SqliteException exception) when (SqliteFile.IsDamage(exception))
        {
            return exception.Message;
        }
    }

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
        var isNew = !File.Exists(copy);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var command = connection.CreateCommand();
            command.CommandText = "VACUUM INTO @copy";
            command.Parameters.AddWithValue("@copy", copy);
            command.ExecuteNonQuery();
            return $"All that was stored is saved in '{copy}': delete '{_log}' where it is left, and move that file to '{path}' to go on with it.";
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            if (isNew && File.Exists(copy))
            {
                // Half of a study is none.
                File.Delete(copy);
            }

            return $"What was stored could not be saved either, to '{copy}': {exception.Message}";
        }
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial int FileControl(SafeHandle connection, string? database, int operation, ref int result);
}
