using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace LogMl.Host.Workers;

/// <summary>
/// The folder of one pipe on Unix, where a pipe is a socket in the file system. No other user can enter the folder, so no other user can
/// connect. The folder lives as long as the pipe. During that time the host locks a file in it, and the operating system releases the lock
/// when the process dies. So the next host knows which folders are abandoned, and deletes them.
/// </summary>
internal sealed class PipeFolder : IDisposable
{
    private const string Prefix = "logml-pipe-";
    private const string SocketName = "socket";
    private const string LockName = "held";
    private const int NameBytes = 8;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Only folders older than this are checked: the file in a newer one may not be locked yet.</summary>
    private static readonly TimeSpan AbandonedAge = TimeSpan.FromMinutes(1);

    private static bool _hasDeletedAbandoned;

    private readonly string _path;
    private readonly FileStream _lock;

    [UnsupportedOSPlatform("windows")]
    private PipeFolder(string path)
    {
        _path = path;
        Directory.CreateDirectory(path, OwnerOnly);
        try
        {
            _lock = new FileStream(Path.Combine(path, LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch
        {
            Delete(path);
            throw;
        }
    }

    /// <summary>The path of the socket.</summary>
    public string Socket => Path.Combine(_path, SocketName);

    /// <summary>Creates a folder with a pipe in it, in the first place that allows it.</summary>
    /// <param name="open">Creates the pipe at a path.</param>
    /// <param name="pipe">The pipe.</param>
    /// <exception cref="HostException">No place allows it.</exception>
    [UnsupportedOSPlatform("windows")]
    public static PipeFolder Create<T>(Func<string, T> open, out T pipe)
    {
        if (!Interlocked.Exchange(ref _hasDeletedAbandoned, true))
        {
            Array.ForEach([.. Places()], DeleteAbandoned);
        }

        var refusals = new List<string>();
        foreach (var place in Places())
        {
            PipeFolder? folder = null;
            try
            {
                // CreateDirectory would create all folders above it too.
                _ = Directory.Exists(place) ? place : throw new DirectoryNotFoundException($"the folder '{place}' does not exist");
                folder = new PipeFolder(Path.Combine(place, Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NameBytes))));

                // The constructor checks how long the path of a socket may be on this system.
                _ = new UnixDomainSocketEndPoint(folder.Socket);
                pipe = open(folder.Socket);
                return folder;
            }
            catch (Exception exception) when (
                exception is IOException or UnauthorizedAccessException or SocketException or ArgumentOutOfRangeException)
            {
                folder?.Dispose();
                refusals.Add(exception is ArgumentOutOfRangeException ? $"the path '{place}' is too long" : exception.Message);
            }
        }

        throw new HostException(
            HostErrors.NoPlaceForPipes,
            $"There is no folder for the pipe to a worker process: {string.Join("; ", refusals)}. "
            + "Set TMPDIR to a folder that exists and can be written, with a path of no more than 60 characters.");
    }

    public void Dispose()
    {
        _lock.Dispose();
        Delete(_path);
    }

    /// <summary>
    /// The places to try. The first is for temporary files; the others are for machines on which that place does not allow sockets.
    /// </summary>
    private static IEnumerable<string> Places()
    {
        string?[] places = [Path.GetTempPath(), "/tmp", Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR")];
        return places.OfType<string>().Where(Path.IsPathRooted).Select(Path.TrimEndingDirectorySeparator).Distinct(StringComparer.Ordinal);
    }

    /// <summary>Deletes the folders of hosts that were killed.</summary>
    private static void DeleteAbandoned(string place)
    {
        try
        {
            foreach (var folder in new DirectoryInfo(place).EnumerateDirectories(Prefix + "*"))
            {
                if (DateTime.UtcNow - folder.LastWriteTimeUtc > AbandonedAge && !IsLocked(folder.FullName))
                {
                    Delete(folder.FullName);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A place that cannot be listed may still be used.
        }
    }

    private static bool IsLocked(string folder)
    {
        try
        {
            new FileStream(Path.Combine(folder, LockName), FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1).Dispose();
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

    /// <summary>Deletes only the files that a host creates, so that a folder of another program stays.</summary>
    private static void Delete(string folder)
    {
        try
        {
            File.Delete(Path.Combine(folder, SocketName));
            File.Delete(Path.Combine(folder, LockName));
            Directory.Delete(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next host tries again.
        }
    }
}
