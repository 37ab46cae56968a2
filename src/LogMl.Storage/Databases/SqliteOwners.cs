namespace LogMl.Storage.Databases;

/// <summary>
/// Which of the processes that have a SQLite file open are alive: each holds a file beside it, which the operating system lets go at the very moment of its death, however
/// it dies. No clock plays a part.
/// </summary>
internal sealed class SqliteOwners : IDisposable
{
    /// <summary>How old the file of a process is that this one tidies up: a new one may not be held yet.</summary>
    private static readonly TimeSpan TidyAge = TimeSpan.FromMinutes(1);

    private readonly string _prefix;
    private readonly string _own;
    private readonly FileStream _file;

    public SqliteOwners(string path, string own)
    {
        _prefix = path + "-host-";
        _own = own;
        _file = new FileStream(_prefix + own, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        try
        {
            RequireLocks();
            Tidy();
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public bool IsAlive(string owner)
    {
        // The name is data; what this library has not written is not for it to judge.
        if (owner == _own || !owner.All(char.IsAsciiHexDigitLower))
        {
            return true;
        }

        try
        {
            // Gone when this process can have it; and then it is of no more use.
            new FileStream(_prefix + owner, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
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

    /// <summary>Where files cannot be held, everybody would seem dead, and every trial would be run twice.</summary>
    private void RequireLocks()
    {
        try
        {
            new FileStream(_prefix + _own, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1).Dispose();
        }
        catch (IOException)
        {
            return;
        }

        throw new IOException("The file system of its folder has no locks, or they are switched off (DOTNET_SYSTEM_IO_DISABLEFILELOCKING). Choose another folder.");
    }

    /// <summary>A process that was killed leaves its file; when it ran no trial, nobody asks for it any more.</summary>
    private void Tidy()
    {
        var folder = Path.GetDirectoryName(_prefix)!;
        var start = Path.GetFileName(_prefix);
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles())
        {
            if (file.Name.StartsWith(start, StringComparison.Ordinal) && DateTime.UtcNow - file.LastWriteTimeUtc > TidyAge)
            {
                IsAlive(file.Name[start.Length..]);
            }
        }
    }
}
