using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using LogMl.Shared;

namespace LogMl.Host.Search;

/// <summary>Whether the build that the host belongs to is gone: its process has ended, or nobody reads what the host tells.</summary>
internal sealed partial class BuildWatch : IDisposable
{
    private const int StandardOutput = 1;

    /// <summary>POLLERR and POLLHUP: the other end of a pipe is closed. The same on Linux and macOS.</summary>
    private const short IsBroken = 0x8 | 0x10;

    private readonly int? _id;
    private readonly Process? _process;

    /// <param name="id">The build's process; null: nobody's.</param>
    public BuildWatch(int? id)
    {
        _id = id;
        _process = id is null ? null : Find(id.Value);
    }

    public bool IsGone => HasEnded || IsUnheard;

    /// <summary>
    /// A process that has ended and that nobody has asked how still has its id: where the first process of a container starts builds and never asks, that is for ever.
    /// </summary>
    private bool HasEnded =>
        _id is { } id && (_process is not { HasExited: false } || (OperatingSystem.IsLinux() && ProcessState.HasEnded(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}"))));

    /// <summary>A write to the console does not tell: .NET takes a broken pipe there for a reader who has seen enough.</summary>
    private static bool IsUnheard
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

    /// <summary>The object keeps the process apart from a later one that gets the same id.</summary>
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
