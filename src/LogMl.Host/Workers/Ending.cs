using System.Globalization;

namespace LogMl.Host.Workers;

/// <summary>Says in words how a process ended.</summary>
internal static class Ending
{
    /// <summary>On Unix, .NET reports a process that was ended by a signal as 128 plus the signal.</summary>
    private const int SignalBase = 128;

    public static string Describe(int exitCode)
    {
        var signal = OperatingSystem.IsWindows() ? null : SignalName(exitCode - SignalBase);
        return string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}{(signal is null ? "" : $", {signal}")}");
    }

    private static string? SignalName(int signal) => signal switch
    {
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
}
