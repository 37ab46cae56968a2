using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace LogMl;

/// <summary>
/// Marks the end of a trial in the output of the process, native libraries included, so that the host can give each trial its own output
/// (docs/architecture.md, seam 3).
/// </summary>
internal sealed partial class TrialOutputEnd : IDisposable
{
    private readonly Stream _output;
    private readonly Stream _error;

    private readonly string? _outputTarget = Target(1);
    private readonly string? _errorTarget = Target(2);

    private TrialOutputEnd(Stream output, Stream error)
    {
        _output = output;
        _error = error;
    }

    /// <summary>
    /// Whether the output of native code still reaches the host. It does not when user code has closed a file descriptor. The descriptor
    /// cannot be opened again, because the next file that is opened may have its number then. The streams here have descriptors of their
    /// own.
    /// </summary>
    public bool IsIntact => Target(1) == _outputTarget && Target(2) == _errorTarget;

    /// <summary>Opens streams of its own, because user code may redirect or close those of <see cref="Console"/>.</summary>
    public static TrialOutputEnd Open() => new(Console.OpenStandardOutput(), Console.OpenStandardError());

    /// <summary>Marks the end of the output of loading the assembly.</summary>
    public void MarkStart() => Mark("start");

    /// <summary>Marks the end of a trial's output.</summary>
    public void Mark(int trial) => Mark(trial.ToString(CultureInfo.InvariantCulture));

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private void Mark(string what)
    {
        Quietly(UserConsole.Flush);
        Quietly(FlushNative);
        var mark = Encoding.ASCII.GetBytes($"\u001eLOGML-END {what}\n");
        Quietly(() => _output.Write(mark));
        Quietly(() => _error.Write(mark));
    }

    /// <summary>The target of a file descriptor, on Linux: <c>pipe:[4711]</c>.</summary>
    private static string? Target(int descriptor) =>
        OperatingSystem.IsLinux()
            ? new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{descriptor}")).LinkTarget
            : null;

    /// <summary>
    /// Ignores errors: the thread that reads the host's messages notices when the host is gone, and an error here must not fail the trial.
    /// </summary>
    private static void Quietly(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // There is nothing to flush, or the host is gone.
        }
    }

    /// <summary>Flushes the C library, which buffers what native code prints into a pipe. fflush(NULL) flushes all its streams.</summary>
    private static void FlushNative()
    {
        if (OperatingSystem.IsWindows())
        {
            _ = FlushUcrt(0);
        }
        else
        {
            _ = FlushLibc(0);
        }
    }

    [LibraryImport("libc", EntryPoint = "fflush")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FlushLibc(nint stream);

    [LibraryImport("ucrtbase", EntryPoint = "fflush")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int FlushUcrt(nint stream);
}
