using System.Globalization;
using LogMl.Shared;

namespace LogMl.Tool.Workers;

/// <summary>Checks the values of options that workers and launchers have.</summary>
internal static class WorkerOptionChecks
{
    /// <summary>Requires a number in a range.</summary>
    /// <exception cref="ToolException">It is not.</exception>
    public static void RequireNumber(string option, int value, int low, int high)
    {
        if (value < low || value > high)
        {
            throw new ToolException(
                ToolErrors.Usage, string.Create(CultureInfo.InvariantCulture, $"{option} must be a number from {low} to {high}."));
        }
    }

    /// <summary>Reads the value of <c>--max-time</c>.</summary>
    /// <returns>The seconds; null when there is no limit.</returns>
    /// <exception cref="ToolException">It is no time.</exception>
    public static double? ReadMaxTime(string? text) => text is null ? null
        : Duration.ReadSeconds(text) ?? throw new ToolException(
            ToolErrors.Usage, $"--max-time is '{text}', but must be {Duration.Expected}.");
}
