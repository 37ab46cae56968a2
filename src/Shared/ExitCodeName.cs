using System.Runtime.InteropServices;

namespace LogMl.Shared;

/// <summary>Explains an exit code.</summary>
internal static class ExitCodeName
{
    /// <summary>On Unix, .NET reports the exit code of a process that a signal has ended as this plus the signal.</summary>
    public const int SignalBase = 128;

    /// <summary>
    /// The explanation, such as <c>SIGKILL: somebody killed it, or the system was out of memory</c>; null when the code says nothing.
    /// </summary>
    public static string? Of(int exitCode) =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? OfStatus(unchecked((uint)exitCode)) : OfSignal(exitCode - SignalBase);

    private static string? OfSignal(int signal) => signal switch
    {
        1 => "SIGHUP",
        2 => "SIGINT",
        4 => "SIGILL",
        6 => "SIGABRT: it aborted, as .NET does for a stack overflow or a fatal error",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL: somebody killed it, or the system was out of memory",
        11 => "SIGSEGV: a crash in native code",
        15 => "SIGTERM",
        _ => null,
    };

    private static string? OfStatus(uint status) => status switch
    {
        0xC00000FD => "0xC00000FD: stack overflow",
        0xC0000005 => "0xC0000005: access violation",
        0xC0000409 => "0xC0000409: it aborted",
        0xE0434352 => "0xE0434352: unhandled exception",
        _ => null,
    };
}
