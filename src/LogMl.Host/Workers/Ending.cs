using System.Globalization;

namespace LogMl.Host.Workers;

/// <summary>Says in words how a process ended.</summary>
internal static class Ending
{
    /// <summary>On Unix, .NET reports a process that was ended by a signal as 128 plus the signal.</summary>
    private const int SignalBase = 128;

    /// <summary>What the runtime prints before it aborts the process.</summary>
    private static readonly string[] KnownLastWords = ["Stack overflow", "Unhandled exception. ", "Out of memory", "Process terminated.", "Fatal error."];

    /// <summary>Whether somebody else ended the process: SIGHUP, SIGKILL or SIGTERM.</summary>
    public static bool IsFromOutside(int exitCode) => !OperatingSystem.IsWindows() && exitCode is SignalBase + 1 or SignalBase + 9 or SignalBase + 15;

    /// <param name="exitCode">The exit code.</param>
    /// <param name="standardError">The end of what the process printed there.</param>
    public static string Describe(int exitCode, string standardError)
    {
        var what = OperatingSystem.IsWindows() ? StatusName(unchecked((uint)exitCode)) : SignalName(exitCode - SignalBase);
        var how = string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}{(what is null ? "" : $", {what}")}");
        return LastWords(standardError) is { } words ? $"{how}. It said: {words}" : how;
    }

    private static string? LastWords(string standardError) => Array.Find(
        Array.ConvertAll(standardError.Split('\n'), line => line.Trim()),
        line => Array.Exists(KnownLastWords, known => line.StartsWith(known, StringComparison.Ordinal)));

    private static string? SignalName(int signal) => signal switch
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

    private static string? StatusName(uint status) => status switch
    {
        0xC00000FD => "0xC00000FD: stack overflow",
        0xC0000005 => "0xC0000005: access violation",
        0xC0000409 => "0xC0000409: it aborted",
        0xE0434352 => "0xE0434352: unhandled exception",
        _ => null,
    };
}
