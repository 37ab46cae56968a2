using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace LogMl.Storage.Databases;

/// <summary>
/// Checks that the file that a connection has open is still the one at its path, with all of its write-ahead log. Some systems let files be
/// deleted while they are open. SQLite then goes on with a file that has no path any more, fills a log that was cut with zeros, and every
/// commit succeeds. When such a loss is found, everything that was stored is saved to another file.
/// </summary>
/// <param name="connection">The open connection.</param>
/// <param name="path">The full path that the connection was opened with.</param>
/// <param name="pause">Waits for a time.</param>
internal sealed partial class SqliteFileWatch(SqliteConnection connection, string path, Action<TimeSpan> pause)
{
    private const int SaveAttempts = 5;

    private static readonly TimeSpan TimeUntilLook = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// SQLITE_FCNTL_HAS_MOVED: compares the inode of the open file with that at the path. Windows has no such code: an open file cannot be
    /// moved there.
    /// </summary>
    private const int HasMovedCode = 20;

    private readonly string _log = path + "-wal";

    /// <summary>The length of the log when it was last checked; null before there was one.</summary>
    private long? _logLength;
    private bool _isLogShorter;
    private string? _problem;

    /// <summary>Checks file and log. Call it outside of a transaction.</summary>
    /// <exception cref="StorageException">The file or its log is gone, in whole or in part.</exception>
    public void RequireInPlace()
    {
        if (_problem is null && Missing() is { } missing)
        {
            _problem = $"'{missing}' was deleted, moved or replaced while it was in use. {Save()}";
        }

        NoteLogLength();
        if (_isLogShorter)
        {
            // Another program may have written all of the log into the file, and then shortened it as SQLite does.
            _isLogShorter = false;
            RequireWhole();
        }

        ThrowProblem();
    }

    /// <summary>
    /// Remembers when the log has become shorter. Call it before each commit too: a commit writes behind the old end of the log, which
    /// makes it as long as before.
    /// </summary>
    public void NoteLogLength()
    {
        if (_logLength is { } before && new FileInfo(_log) is { Exists: true, Length: var length })
        {
            _isLogShorter |= length < before;
            _logLength = length;
        }
    }

    /// <summary>
    /// Does what <see cref="RequireInPlace"/> does, after a commit. From the first commit on there is a log, unless the file system cannot
    /// have one.
    /// </summary>
    public void RequireAfterCommit()
    {
        _logLength ??= new FileInfo(_log) is { Exists: true, Length: var length } ? length : null;
        RequireInPlace();
    }

    /// <summary>
    /// Reads everything with a new connection, as another process will. The open connection has good pages in its memory, whatever became
    /// of the files. This takes 0.05 s for 5,000 trials of ten parameters.
    /// </summary>
    /// <exception cref="StorageException">A part of the file or of its log is lost.</exception>
    public void RequireWhole()
    {
        if (_problem is null && Damage() is { } damage)
        {
            _problem = $"'{path}', or its log '{_log}', was cut or overwritten by another program while it was in use, "
                + $"and cannot be read any more ({damage}). {Save()}";
        }

        ThrowProblem();
    }

    private void ThrowProblem()
    {
        if (_problem is not null)
        {
            throw new StorageException(StorageProblem.Gone, _problem);
        }
    }

    private string? Missing() => !File.Exists(path) || HasMoved(connection) ? path
        : _logLength is not null && !File.Exists(_log) ? _log
        : null;

    private string? Damage()
    {
        try
        {
            using var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite,
                Pooling = false, DefaultTimeout = connection.DefaultTimeout }.ToString());
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

    /// <summary>Whether the file that a connection has open is no longer the one at its path.</summary>
    public static bool HasMoved(SqliteConnection connection)
    {
        var hasMoved = 0;
        return FileControl(connection.Handle!, null, HasMovedCode, ref hasMoved) == SQLitePCL.raw.SQLITE_OK && hasMoved != 0;
    }

    /// <summary>
    /// Saves the content of the open file to a new one. Who deletes the folder of a study may be at it still, and then deletes the copy as
    /// well. So a copy counts when it is there a moment later, and one that is gone is made again.
    /// </summary>
    /// <returns>Where the copy is and what to do with it, or why it could not be made.</returns>
    private string Save()
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var time = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

        // The name has the process id, because other processes that have the file open save it too.
        var copy = Path.Combine(Path.GetDirectoryName(path)!, string.Create(
            CultureInfo.InvariantCulture, $"{name}.{time}.{Environment.ProcessId}{Path.GetExtension(path)}"));
        var failure = "";
        for (var attempt = 0; attempt < SaveAttempts; attempt++)
        {
            failure = TrySave(copy) ?? "another program deleted it again";
            pause(TimeUntilLook);
            if (File.Exists(copy))
            {
                return $"All that was stored is saved in '{copy}': delete '{_log}' where it is left, and move that file to '{path}' to go on "
                    + "with it.";
            }
        }

        return $"What was stored could not be saved either, to '{copy}': {failure}";
    }

    /// <returns>Why the copy could not be made; null when it was made.</returns>
    private string? TrySave(string copy)
    {
        var isNew = !File.Exists(copy);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var command = connection.CreateCommand();
            command.CommandText = "VACUUM INTO @copy";
            command.Parameters.AddWithValue("@copy", copy);
            command.ExecuteNonQuery();
            return null;
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            if (isNew && File.Exists(copy))
            {
                // Half a copy is of no use.
                File.Delete(copy);
            }

            return exception.Message;
        }
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial int FileControl(SafeHandle connection, string? database, int operation, ref int result);
}
