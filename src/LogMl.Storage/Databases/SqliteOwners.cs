namespace LogMl.Storage.Databases;

/// <summary>
/// Knows which of the processes that have a SQLite file open are alive. Each process holds a lock on a file of its own beside the database.
/// The operating system releases the lock at the moment the process dies, however it dies. So no clock is needed.
/// </summary>
internal sealed class SqliteOwners : IDisposable
{
    /// <summary>Only lock files older than this are deleted: the owner of a newer one may not have locked it yet.</summary>
    private static readonly TimeSpan StaleAge = TimeSpan.FromMinutes(1);

    private readonly string _prefix;
    private readonly string _own;
    private readonly FileStream _file;

    public SqliteOwners(string path, string own)
    {
        _prefix = path + "-host-";
        _own = own;
        _file = new FileStream(
            _prefix + own, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        try
        {
            RequireLockSupport();
            DeleteStaleFiles();
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Whether a process lives, found without changing anything: for readers of a database.</summary>
    /// <param name="path">The database.</param>
    /// <param name="owner">The name under which the process holds trials.</param>
    public static bool IsAlive(string path, string owner)
    {
        try
        {
            new FileStream($"{path}-host-{owner}", FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 1).Dispose();
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    public bool IsAlive(string owner)
    {
        // The name comes from the database. A name that this library has not written is not judged.
        if (owner == _own || !owner.All(char.IsAsciiHexDigitLower))
        {
            return true;
        }

        try
        {
            // When this process can lock the file, its owner is dead, and the file is of no more use.
            new FileStream(_prefix + owner, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1,
                FileOptions.DeleteOnClose).Dispose();
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>
    /// Makes sure that the file system has locks. Without them every process would seem dead, and every trial would be run twice.
    /// </summary>
    private void RequireLockSupport()
    {
        try
        {
            new FileStream(_prefix + _own, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1).Dispose();
        }
        catch (IOException)
        {
            return;
        }

        throw new IOException(
            "The file system of its folder has no locks, or they are switched off (DOTNET_SYSTEM_IO_DISABLEFILELOCKING). "
            + "Choose another folder.");
    }

    /// <summary>
    /// Deletes the lock files of processes that were killed. When such a process ran no trial, nobody else asks about it.
    /// </summary>
    private void DeleteStaleFiles()
    {
        var folder = Path.GetDirectoryName(_prefix)!;
        var start = Path.GetFileName(_prefix);
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles())
        {
            if (file.Name.StartsWith(start, StringComparison.Ordinal) && DateTime.UtcNow - file.LastWriteTimeUtc > StaleAge)
            {
                IsAlive(file.Name[start.Length..]);
            }
        }
    }
}
