using System.Globalization;
using LogMl.Shared;

namespace LogMl.Tasks;

/// <summary>What each property accepts. A rule gives what would be right, or null for a good value.</summary>
internal static class OverrideRules
{
    private const int LongestStudyName = 100;
    private static readonly char[] NotInAFileName = ['/', '\\', ':', '*', '?', '"', '<', '>', '|'];

    private static readonly string[] ConnectionKeywords = ["password", "pwd", "host", "server"];

    public static string? MaxEvals(string value) => AtLeastOne(value);

    public static string? Algorithm(string value)
    {
        if (Algorithms.Names.Contains(value, StringComparer.Ordinal))
        {
            return null;
        }

        var nearest = NearestName.Find(value, Algorithms.Names);
        return "it must be one of: " + string.Join(", ", Algorithms.Names) + (nearest is null ? "" : $" (did you mean '{nearest}'?)");
    }

    public static string? Seed(string value) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? null : "it must be a whole number from -9223372036854775808 to 9223372036854775807";

    public static string? Workers(string value) =>
        IsInteger(value, out var number) && number is >= 1 and <= SettingLimits.MostWorkers ? null : $"it must be a number of processes from 1 to {SettingLimits.MostWorkers}";

    public static string? Timeout(string value) =>
        Duration.ReadSeconds(value) is null ? "it must be " + Duration.Expected : null;

    public static string? TrialMemory(string value) =>
        MemorySize.Read(value) is null ? "it must be " + MemorySize.Expected : null;

    public static string? MaxRetries(string value) =>
        IsInteger(value, out var number) && number <= SettingLimits.MostRetries ? null : $"it must be a whole number from 0 to {SettingLimits.MostRetries}";

    public static string? MaxFailures(string value) => AtLeastOne(value);

    public static string? Flag(string value) =>
        bool.TryParse(value, out _) ? null : "it must be true or false";

    public static string? Study(string value) =>
        value.Length <= LongestStudyName && value.IndexOfAny(NotInAFileName) < 0 && !value.Any(char.IsControl) && value.Trim().Trim('.').Length > 0
            ? null
            : $"the name of a study is the name of a folder: at most {LongestStudyName} characters, none of {string.Join(" ", NotInAFileName)}, not only dots";

    /// <summary>Whether a value that should be the path of a file looks like what the file should hold.</summary>
    public static bool LooksLikeConnectionString(string value) =>
        value.IndexOf("://", StringComparison.Ordinal) >= 0
        || value.IndexOf(';') >= 0
        || Array.Exists(ConnectionKeywords, word => value.Replace(" ", "").IndexOf(word + "=", StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>The absolute path of a file that is named relative to the project; <paramref name="problem"/> says why it is none.</summary>
    public static string ExistingFile(string projectFile, string value, out string? problem)
    {
        if (value.IndexOfAny(Path.GetInvalidPathChars()) >= 0)
        {
            problem = "it has a character that no path can have";
            return "";
        }

        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(projectFile) ?? "", value));
        problem = File.Exists(path) ? null : Directory.Exists(path) ? "it must be a file, and it is a folder" : $"there is no file '{path}'";
        return path;
    }

    /// <summary>The number of seconds that a timeout stands for, or empty when it is none.</summary>
    public static string Seconds(string value) => Duration.ReadSeconds(value)?.ToString("0.###", CultureInfo.InvariantCulture) ?? "";

    /// <summary>The project's name in lower case.</summary>
    public static string DefaultStudy(string projectFile) => Path.GetFileNameWithoutExtension(projectFile).ToLowerInvariant();

    /// <summary>The absolute path of the results folder; <paramref name="problem"/> says why there can be none.</summary>
    public static string ResultsDirectory(string projectFile, string? outputPath, string study, out string? problem)
    {
        problem = null;
        var projectDirectory = Path.GetDirectoryName(projectFile) ?? "";
        if (string.IsNullOrEmpty(outputPath))
        {
            return Path.Combine(projectDirectory, "HyperOptResults");
        }

        if (outputPath!.IndexOfAny(Path.GetInvalidPathChars()) >= 0)
        {
            problem = "it has a character that no path can have";
            return "";
        }

        // The project's folder is absolute, so that the current directory, which belongs to the whole build, plays no part.
        var path = Path.GetFullPath(Path.Combine(projectDirectory, outputPath));
        var file = File.Exists(path) ? path : File.Exists(Path.Combine(path, study)) ? Path.Combine(path, study) : null;
        problem = file is null ? null : $"it must be a folder, and '{file}' is a file";
        return path;
    }

    private static string? AtLeastOne(string value) =>
        IsInteger(value, out var number) && number is >= 1 and <= int.MaxValue ? null : "it must be a whole number, at least 1";

    private static bool IsInteger(string value, out long number) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
