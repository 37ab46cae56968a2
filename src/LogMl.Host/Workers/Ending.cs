using System.Globalization;
using LogMl.Shared;

namespace LogMl.Host.Workers;

/// <summary>Says in words how a process ended.</summary>
internal static class Ending
{
    /// <summary>Whether somebody else ended the process: SIGHUP, SIGKILL or SIGTERM.</summary>
    public static bool IsFromOutside(int exitCode) =>
        !OperatingSystem.IsWindows() && exitCode is ExitCodeName.SignalBase + 1 or ExitCodeName.SignalBase + 9 or ExitCodeName.SignalBase + 15;

    /// <summary>Whether a signal ended the process: one from outside, or that of a crash.</summary>
    public static bool IsOfSignal(int exitCode) => !OperatingSystem.IsWindows() && exitCode > ExitCodeName.SignalBase;

    /// <param name="exitCode">The exit code.</param>
    /// <param name="output">The end of what the process printed, by preference to its standard error.</param>
    public static string Describe(int exitCode, string output)
    {
        var how = string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}{(ExitCodeName.Of(exitCode) is { } name ? ", " + name : "")}");

        // Who was killed had no time to say why.
        return !IsFromOutside(exitCode) && LastWords.Of(output) is { } words ? $"{how}. It said: {words}" : how;
    }
}
