namespace LogMl.Storage.Databases;

/// <summary>
/// Which of the processes that have a SQLite file open are alive: each holds a file beside it, which the operating system lets go at the very moment of its death, however
/// it dies. No clock plays a part.
/// </summary>
internal sealed class SqliteOwners : IDisposable
{
    private readonly string _prefix;
    private readonly string _own;
    private readonly FileStream _file;

    public SqliteOwners(string path, string own)
    {
        _prefix = path + "-host-";
        _own = own;
        _file = new FileStream(_prefix + own, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
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
}
