using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using LogMl.Shared;

namespace LogMl.Host.Search;

/// <summary>Tells whether the build that the host belongs to is gone: its process has ended, or nobody reads the host's output.</summary>
internal sealed partial class BuildWatch : IDisposable
{
    private const int StandardOutput = 1;

    /// <summary>POLLERR and POLLHUP: the other end of a pipe is closed. The values are the same on Linux and macOS.</summary>
    private const short IsBroken = 0x8 | 0x10;

    private readonly int? _id;
    private readonly Process? _process;

    /// <param name="id">The id of the build's process; null when there is none.</param>
    public BuildWatch(int? id)
    {
        _id = id;
        _process = id is null ? null : Find(id.Value);
    }

    public bool IsGone => HasEnded || HasLostReader;

    /// <summary>
    /// Whether the build's process has ended. Until its parent has asked for its exit code, an ended process (a zombie) still has its id.
    /// In a container whose first process never asks, that is for ever.
    /// </summary>
    private bool HasEnded =>
        _id is { } id
        && (_process is not { HasExited: false }
            || (OperatingSystem.IsLinux() && ProcessState.HasEnded(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}"))));

    /// <summary>
    /// Whether the reader of the standard output is gone. Writing to the console does not show that, because .NET ignores a broken pipe
    /// there.
    /// </summary>
    private static bool HasLostReader
    {
        get
        {
            if (OperatingSystem.IsWindows())
            {
                return false;
            }

            var output = new PollDescriptor { Descriptor = StandardOutput };
            return Poll(ref output, 1, 0) > 0 && (output.Found & IsBroken) != 0;
        }
    }

    public void Dispose() => _process?.Dispose();

    /// <summary>Finds a process. The object is not confused by a later process with the same id.</summary>
    private static Process? Find(int id)
    {
        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int timeout);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Wanted;
        public short Found;
    }
}
