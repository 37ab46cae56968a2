using System.Buffers.Binary;
using LogMl.Shared;
using Microsoft.Data.Sqlite;

namespace LogMl.Storage.Databases;

/// <summary>Recognizes a bad file before SQLite touches it, and says what is wrong with it.</summary>
internal static class SqliteFile
{
    private const int HeaderLength = 100;
    private const int PageSizeOffset = 16;
    private const int PageCountOffset = 28;
    private const int ChangeCounterOffset = 24;
    private const int CountValidForOffset = 92;

    /// <summary>The largest page size does not fit into two bytes; the header has 1 for it.</summary>
    private const int LargestPage = 65536;

    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>
    /// Checks the header (https://www.sqlite.org/fileformat.html, section 1.3). SQLite finds damage deeper in the file when it reads there.
    /// </summary>
    /// <exception cref="StorageException">
    /// The path is a folder or a pipe, or the file is no database, or shorter than its header says.
    /// </exception>
    public static void RequireIntact(string path)
    {
        if (Directory.Exists(path))
        {
            throw new StorageException(
                StorageProblem.Unavailable,
                $"'{path}' is a folder, and studies are stored in a file. Move the folder away, or name a file, "
                + $"such as '{Path.Combine(path, "studies.db")}'.");
        }

        if (FileKind.IsSpecial(path))
        {
            throw new StorageException(
                StorageProblem.Unavailable,
                $"'{path}' is no regular file but a pipe, a socket or a device, and studies are stored in a file. "
                + "Move it away, or name a file.");
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var header = new byte[HeaderLength];
            var length = file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false);
            if (length == 0)
            {
                return;
            }

            if (!header.AsSpan().StartsWith(Magic))
            {
                throw new StorageException(
                    StorageProblem.NotAStudy,
                    $"'{path}' is no SQLite database. It was left as it is. Move it away, or choose another name for the study.");
            }

            if (length < HeaderLength || (file.Length < ExpectedLength(header) && !HasJournal(path)))
            {
                throw new StorageException(
                    StorageProblem.Damaged,
                    $"'{path}' is damaged: it is {file.Length} bytes long, but was {ExpectedLength(header)}. It was left as it is. "
                    + "Restore it from a copy, or move it away to begin anew.");
            }
        }
        catch (FileNotFoundException)
        {
            // It will be created.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(StorageProblem.Unavailable, $"'{path}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Whether a file is a database of SQLite, by what it begins with.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It is not to be read.</exception>
    public static bool IsDatabase(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        Span<byte> start = stackalloc byte[Magic.Length];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual(Magic);
    }

    /// <summary>Whether there is a write-ahead log beside the file: a process has the file open, or was killed.</summary>
    public static bool HasLog(string path) => new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };

    public static StorageException Damaged(string shown, string how, Exception? exception = null) => new(
        StorageProblem.Damaged,
        $"'{shown}' is damaged ({how}). Restore it from a copy, or move it away to begin anew; "
        + "the tool sqlite3 may save what is left of it (.recover).",
        exception);

    /// <summary>Whether the error is due to damage: what was read is not what SQLite has written, or ends too early.</summary>
    public static bool IsDamage(SqliteException exception) =>
        exception.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_IOERR;

    public static StorageException Problem(string shown, SqliteException exception) => exception.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_NOTADB => new StorageException(
            StorageProblem.NotAStudy,
            $"'{shown}' is no SQLite database. It was left as it is. Move it away, or choose another name for the study.", exception),
        SQLitePCL.raw.SQLITE_CORRUPT => Damaged(shown, exception.Message, exception),
        SQLitePCL.raw.SQLITE_FULL => new StorageException(
            StorageProblem.Unavailable,
            $"'{shown}' cannot be written: the disk is full. Every trial that was finished is stored. "
            + "Make room, and start the search again.",
            exception),
        SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM => new StorageException(
            StorageProblem.Unavailable, $"'{shown}' cannot be written: {exception.Message} Make the file and its folder writable.",
            exception),
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => new StorageException(
            StorageProblem.Unavailable, $"'{shown}' is locked: another program keeps it for itself. End that program's transaction.",
            exception),
        _ =>
            new StorageException(
                StorageProblem.Unavailable,
                FormattableString.Invariant(
                    $"'{shown}' cannot be used: {exception.Message} (SQLite's code is {exception.SqliteExtendedErrorCode}.)"),
                exception),
    };

    /// <summary>Whether there is a journal. Then the file may be out of date or half updated, and SQLite repairs that.</summary>
    public static bool HasJournal(string path) => HasLog(path) || File.Exists(path + "-journal");

    private static long ExpectedLength(ReadOnlySpan<byte> header)
    {
        int pageSize = BinaryPrimitives.ReadUInt16BigEndian(header[PageSizeOffset..]);

        // Old versions of SQLite did not keep the count. With them the two counters differ.
        var isCounted = header.Slice(ChangeCounterOffset, 4).SequenceEqual(header.Slice(CountValidForOffset, 4));
        return isCounted
            ? BinaryPrimitives.ReadUInt32BigEndian(header[PageCountOffset..]) * (pageSize == 1 ? LargestPage : pageSize)
            : 0;
    }
}
