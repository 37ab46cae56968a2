using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace LogMl.Host.Workers;

/// <summary>
/// The folder of one pipe on Unix, where a pipe is a socket in the file system: nobody else can enter it, so that nobody else can connect. It lives as long as the pipe. While it does, a file in it is
/// held, which the operating system lets go when the process dies: so the next host knows which folders are of use to nobody, and deletes them.
/// </summary>
internal sealed class PipeFolder : IDisposable
{
    private const string Prefix = "logml-pipe-";
    private const string SocketName = "socket";
    private const string HeldName = "held";
    private const int NameBytes = 8;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>How old a folder is that is looked at: the file in a new one may not be held yet.</summary>
    private static readonly TimeSpan TidyAge = TimeSpan.FromMinutes(1);

    private static bool _isTidied;

    private readonly string _path;
    private readonly FileStream _held;

    [UnsupportedOSPlatform("windows")]
    private PipeFolder(string path)
    {
        _path = path;
        Directory.CreateDirectory(path, OwnerOnly);
        try
        {
            _held = new FileStream(Path.Combine(path, HeldName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch
        {
            Delete(path);
            throw;
        }
    }

    /// <summary>The path of the socket.</summary>
    public string Socket => Path.Combine(_path, SocketName);

    /// <summary>Makes a folder with a pipe in it, in the first place that can have one.</summary>
    /// <param name="open">Makes the pipe of a path.</param>
    /// <param name="pipe">The pipe.</param>
    /// <exception cref="HostException">No place can have one.</exception>
    [UnsupportedOSPlatform("windows")]
    public static PipeFolder Create<T>(Func<string, T> open, out T pipe)
    {
        if (!Interlocked.Exchange(ref _isTidied, true))
        {
            Array.ForEach([.. Places()], Tidy);
        }

        var refusals = new List<string>();
        foreach (var place in Places())
        {
            PipeFolder? folder = null;
            try
            {
                // It would be made with all folders above it.
                _ = Directory.Exists(place) ? place : throw new DirectoryNotFoundException($"the folder '{place}' does not exist");
                folder = new PipeFolder(Path.Combine(place, Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NameBytes))));

                // It says how long the path of a socket may be on this system.
                _ = new UnixDomainSocketEndPoint(folder.Socket);
                pipe = open(folder.Socket);
                return folder;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SocketException or ArgumentOutOfRangeException)
            {
                folder?.Dispose();
                refusals.Add(exception is ArgumentOutOfRangeException ? $"the path '{place}' is too long" : exception.Message);
            }
        }

        throw new HostException(
            HostErrors.NoPlaceForPipes,
            $"There is no folder for the pipe to a worker process: {string.Join("; ", refusals)}. Set TMPDIR to a folder that exists and can be written, with a path of no more than 60 characters.");
    }

    public void Dispose()
    {
        _held.Dispose();
        Delete(_path);
    }

    /// <summary>Where temporary files belong; what stands after it is for machines on which that place is none for sockets.</summary>
    private static IEnumerable<string> Places()
    {
        string?[] places = [Path.GetTempPath(), "/tmp", Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR")];
        return places.OfType<string>().Where(Path.IsPathRooted).Select(Path.TrimEndingDirectorySeparator).Distinct(StringComparer.Ordinal);
    }

    /// <summary>A host that was killed leaves its folder.</summary>
    private static void Tidy(string place)
    {
        try
        {
            foreach (var folder in new DirectoryInfo(place).EnumerateDirectories(Prefix + "*"))
            {
                if (DateTime.UtcNow - folder.LastWriteTimeUtc > TidyAge && !IsHeld(folder.FullName))
                {
                    Delete(folder.FullName);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A place that cannot be looked at is no worse for that.
        }
    }

    private static bool IsHeld(string folder)
    {
        try
        {
            new FileStream(Path.Combine(folder, HeldName), FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1).Dispose();
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

    /// <summary>Nothing but what a host makes: the folder of somebody else stays.</summary>
    private static void Delete(string folder)
    {
        try
        {
            File.Delete(Path.Combine(folder, SocketName));
            File.Delete(Path.Combine(folder, HeldName));
            Directory.Delete(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next host tries again.
        }
    }
}
