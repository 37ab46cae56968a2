using System.Globalization;
using LogMl.Shared;

namespace LogMl.Tasks;

/// <summary>The rules for the values of properties. A rule returns what would be right, or null for a valid value.</summary>
internal static class OverrideRules
{
    private const int MaxStudyName = 100;
    private static readonly char[] NotInAFileName = ['/', '\\', ':', '*', '?', '"', '<', '>', '|'];

    /// <summary>The value of LogMlParameters for the best trial.</summary>
    public const string Best = "best";

    /// <summary>The value of HyperOptCluster for Slurm.</summary>
    public const string Slurm = "slurm";

    private static readonly string[] ConnectionKeywords = ["password", "pwd", "host", "server"];

    /// <summary>The rule of a key of the YAML.</summary>
    public static string? Broken(OptionRule rule, string value) => rule.Read(value) is null ? "it must be " + rule.Advice(value) : null;

    public static string? Flag(string value) => Broken(OptionRule.Any("", OptionKind.Flag), value);

    public static string? Trial(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : "it must be the number of a trial, from 0";

    public static string? Regression(string value) =>
        RegressionTolerance.Read(value) is null ? "it must be " + RegressionTolerance.Expected : null;

    public static string? Cluster(string value) => value == Slurm ? null
        : $"it must be {Slurm}. Other clusters start the command of a bundle (-t:HyperOptPack)";

    public static string? Study(string value) =>
        value.Length <= MaxStudyName && value.IndexOfAny(NotInAFileName) < 0 && !value.Any(char.IsControl)
            && value.Trim().Trim('.').Length > 0
            ? null
            : $"the name of a study is the name of a folder: at most {MaxStudyName} characters, "
                + $"none of {string.Join(" ", NotInAFileName)}, not only dots";

    /// <summary>Whether a value that should be the path of a file looks like the connection string that should be in the file.</summary>
    public static bool LooksLikeConnectionString(string value) =>
        value.IndexOf("://", StringComparison.Ordinal) >= 0
        || value.IndexOf(';') >= 0
        || Array.Exists(ConnectionKeywords, word => value.Replace(" ", "").IndexOf(word + "=", StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>
    /// The absolute path of a file that is named relative to the project. <paramref name="problem"/> says why there is none.
    /// </summary>
    public static string ExistingFile(string projectFile, string value, out string? problem)
    {
        var path = AnyFile(projectFile, value, out problem);
        problem ??= File.Exists(path) ? null : $"there is no file '{path}'";
        return path;
    }

    /// <summary>The same of a file that may be written yet. <paramref name="problem"/> says why there can be none.</summary>
    public static string AnyFile(string projectFile, string value, out string? problem)
    {
        if (value.IndexOfAny(Path.GetInvalidPathChars()) >= 0)
        {
            problem = "it has a character that no path can have";
            return "";
        }

        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(projectFile) ?? "", value));
        problem = Directory.Exists(path) ? "it must be a file, and it is a folder" : null;
        return path;
    }

    /// <summary>The project's name in lower case, with that of the workflow when it has one.</summary>
    public static string DefaultStudy(string projectFile, string workflow) =>
        (Path.GetFileNameWithoutExtension(projectFile) + (workflow.Length == 0 ? "" : "." + workflow)).ToLowerInvariant();

    /// <summary>The absolute path of the results folder. <paramref name="problem"/> says why it is invalid.</summary>
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

        // The project's folder is absolute, so the current directory, which all projects of the build share, has no effect.
        var path = Path.GetFullPath(Path.Combine(projectDirectory, outputPath));
        var file = File.Exists(path) ? path : File.Exists(Path.Combine(path, study)) ? Path.Combine(path, study) : null;
        problem = file is null ? null : $"it must be a folder, and '{file}' is a file";
        return path;
    }
}
