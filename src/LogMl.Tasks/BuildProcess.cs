using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace LogMl.Tasks;

/// <summary>
/// Finds the process whose end is the end of the build. Mostly it is the process of the task. MSBuild's server, however, serves one client
/// after the other, and goes on building when a client has died. There it is the client, which has connected to the server's socket.
/// </summary>
internal static class BuildProcess
{
    private const string ServerPipe = "MSBuildServer-";

    /// <summary>The folder in which Linux and macOS list the descriptors of a process.</summary>
    private const string Descriptors = "/dev/fd";

    /// <summary>The position of the path in a socket's address, after two bytes for the address family.</summary>
    private const int PathStart = 2;

    private const int LongestAddress = 128;

    public static int Id
    {
        get
        {
            using var own = Process.GetCurrentProcess();
            return Client(own.Id) ?? own.Id;
        }
    }

    /// <summary>The client, when this process is a server of MSBuild; null when it is none, and on Windows, which does not tell.</summary>
    private static int? Client(int ownId)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return null;
        }

        foreach (var path in Directory.GetFileSystemEntries(Descriptors))
        {
            // The listening socket of the server has the same address, but no peer other than the server itself.
            if (int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var descriptor)
                && IsOfServer(descriptor) && Peer(descriptor) is { } id && id != ownId)
            {
                return id;
            }
        }

        return null;
    }

    private static bool IsOfServer(int descriptor)
    {
        var address = new byte[LongestAddress];
        var length = address.Length;
        return GetAddress(descriptor, address, ref length) == 0 && length > PathStart
            && Path.GetFileName(Encoding.UTF8.GetString(address, PathStart, Math.Min(length, address.Length) - PathStart))
                .StartsWith(ServerPipe, StringComparison.Ordinal);
    }

    /// <summary>The process at the other end of a socket.</summary>
    private static int? Peer(int descriptor)
    {
        // SO_PEERCRED returns process, user and group; LOCAL_PEERPID only the process.
        var (level, option) = RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? (0, 2) : (1, 17);
        var credentials = new int[3];
        var length = credentials.Length * sizeof(int);
        return GetOption(descriptor, level, option, credentials, ref length) == 0 && credentials[0] > 0 ? credentials[0] : null;
    }

    [DllImport("libc", EntryPoint = "getsockname")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetAddress(int socket, [Out] byte[] address, ref int length);

    [DllImport("libc", EntryPoint = "getsockopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetOption(int socket, int level, int option, [Out] int[] value, ref int length);
}
