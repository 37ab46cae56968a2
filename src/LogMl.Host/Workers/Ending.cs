using System.Globalization;
using LogMl.Shared;

namespace LogMl.Host.Workers;

/// <summary>Describes how a process ended.</summary>
internal static class Ending
{
    /// <summary>Whether another process ended it: SIGHUP, SIGKILL or SIGTERM.</summary>
    public static bool IsFromOutside(int exitCode) =>
        !OperatingSystem.IsWindows()
            && exitCode is ExitCodeName.SignalBase + 1 or ExitCodeName.SignalBase + 9 or ExitCodeName.SignalBase + 15;

    /// <summary>Whether a signal ended the process, from outside or by a crash.</summary>
    public static bool IsOfSignal(int exitCode) => !OperatingSystem.IsWindows() && exitCode > ExitCodeName.SignalBase;

    /// <param name="exitCode">The exit code.</param>
    /// <param name="output">The end of the process's output, preferably of its standard error.</param>
    public static string Describe(int exitCode, string output)
    {
        var how = string.Create(
            CultureInfo.InvariantCulture, $"exit code {exitCode}{(ExitCodeName.Of(exitCode) is { } name ? ", " + name : "")}");

        // A process that was killed had no time to print why.
        return !IsFromOutside(exitCode) && LastWords.Of(output) is { } words ? $"{how}. It said: {words}" : how;
    }
}
