using Microsoft.Build.Framework;

namespace LogMl.Tasks;

/// <summary>
/// Checks the properties of one search before anything is built: a mistyped <c>-p:</c> shall not cost a build, and shall be named, whether its value or its name is wrong.
/// A property that is empty is not set.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class ValidateOverrides : Microsoft.Build.Utilities.Task
{
    /// <summary>It is no property, and has an error of its own.</summary>
    private const string NoProperty = "HyperOptStorage";

    /// <summary>The properties of a search: the one list of them, with the rule of each that has a simple one.</summary>
    internal static readonly IReadOnlyList<(string Name, Func<ValidateOverrides, string?> Read, Func<string, string?>? Rule)> Properties =
    [
        ("HyperOptMaxEvals", task => task.MaxEvals, OverrideRules.MaxEvals),
        ("HyperOptAlgorithm", task => task.Algorithm, OverrideRules.Algorithm),
        ("HyperOptSeed", task => task.Seed, OverrideRules.Seed),
        ("HyperOptWorkers", task => task.Workers, OverrideRules.Workers),
        ("HyperOptTimeout", task => task.SearchTimeout, OverrideRules.Timeout),
        ("HyperOptTrialTimeout", task => task.TrialTimeout, OverrideRules.Timeout),
        ("HyperOptTrialMemory", task => task.TrialMemory, OverrideRules.TrialMemory),
        ("HyperOptMaxRetries", task => task.MaxRetries, OverrideRules.MaxRetries),
        ("HyperOptMaxFailures", task => task.MaxFailures, OverrideRules.MaxFailures),
        ("HyperOptRetryFailed", task => task.RetryFailed, OverrideRules.Flag),
        ("HyperOptReevaluate", task => task.Reevaluate, OverrideRules.Flag),
        ("HyperOptOutputPath", task => task.OutputPath, null),
        ("HyperOptStudy", task => task.Study, OverrideRules.Study),
        ("HyperOptStorageFile", task => task.StorageFile, null),
        ("HyperOptShowProgress", task => task.ShowProgress, OverrideRules.Flag),
    ];

    /// <summary>The user's project. Relative paths are relative to its folder.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>HyperOptMaxEvals.</summary>
    public string? MaxEvals { get; set; }

    /// <summary>HyperOptAlgorithm.</summary>
    public string? Algorithm { get; set; }

    /// <summary>HyperOptSeed.</summary>
    public string? Seed { get; set; }

    /// <summary>HyperOptWorkers.</summary>
    public string? Workers { get; set; }

    /// <summary>HyperOptTimeout.</summary>
    public string? SearchTimeout { get; set; }

    /// <summary>HyperOptTrialTimeout.</summary>
    public string? TrialTimeout { get; set; }

    /// <summary>HyperOptTrialMemory.</summary>
    public string? TrialMemory { get; set; }

    /// <summary>HyperOptMaxRetries.</summary>
    public string? MaxRetries { get; set; }

    /// <summary>HyperOptMaxFailures.</summary>
    public string? MaxFailures { get; set; }

    /// <summary>HyperOptRetryFailed.</summary>
    public string? RetryFailed { get; set; }

    /// <summary>HyperOptReevaluate.</summary>
    public string? Reevaluate { get; set; }

    /// <summary>HyperOptOutputPath.</summary>
    public string? OutputPath { get; set; }

    /// <summary>HyperOptStudy.</summary>
    public string? Study { get; set; }

    /// <summary>HyperOptShowProgress.</summary>
    public string? ShowProgress { get; set; }

    /// <summary>HyperOptStorageFile.</summary>
    public string? StorageFile { get; set; }

    /// <summary>Whether somebody has set HyperOptStorage, of which nobody wants to know more.</summary>
    public bool HasStorageProperty { get; set; }

    /// <summary>The timeout in seconds, or empty.</summary>
    [Output]
    public string TimeoutSeconds { get; private set; } = "";

    /// <summary>The timeout of a trial in seconds, or empty.</summary>
    [Output]
    public string TrialTimeoutSeconds { get; private set; } = "";

    /// <summary>The results folder, absolute.</summary>
    [Output]
    public string ResultsDirectory { get; private set; } = "";

    /// <summary>The name of the study.</summary>
    [Output]
    public string StudyName { get; private set; } = "";

    /// <summary>The file with the storage location, absolute, or empty.</summary>
    [Output]
    public string StorageFilePath { get; private set; } = "";

    /// <summary>Whether progress is shown.</summary>
    [Output]
    public bool ProgressShown { get; private set; }

    /// <inheritdoc />
    public override bool Execute()
    {
        WarnOfMisspelt();
        foreach (var (name, read, rule) in Properties)
        {
            if (read(this) is { Length: > 0 } value && rule?.Invoke(value) is { } mistake)
            {
                Refuse(name, value, mistake);
            }
        }

        CheckStorage();
        if (Log.HasLoggedErrors)
        {
            return false;
        }

        TimeoutSeconds = OverrideRules.Seconds(SearchTimeout ?? "");
        TrialTimeoutSeconds = OverrideRules.Seconds(TrialTimeout ?? "");
        StudyName = string.IsNullOrEmpty(Study) ? OverrideRules.DefaultStudy(ProjectFile) : Study!;
        ProgressShown = !string.Equals(ShowProgress, "false", StringComparison.OrdinalIgnoreCase);
        ResultsDirectory = OverrideRules.ResultsDirectory(ProjectFile, OutputPath, StudyName, out var problem);
        if (problem is not null)
        {
            Refuse("HyperOptOutputPath", OutputPath ?? "", problem);
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>No error here repeats a value: it may be a password, and the error stays in logs.</summary>
    private void CheckStorage()
    {
        if (HasStorageProperty)
        {
            Secret("HyperOptStorage is set, and there is no such property");
        }

        if (string.IsNullOrEmpty(StorageFile))
        {
            return;
        }

        if (OverrideRules.LooksLikeConnectionString(StorageFile!))
        {
            Secret("HyperOptStorageFile is a connection string, but must be the path of a file with it");
            return;
        }

        StorageFilePath = OverrideRules.ExistingFile(ProjectFile, StorageFile!, out var problem);
        if (problem is not null)
        {
            Refuse("HyperOptStorageFile", StorageFile!, problem);
        }
    }

    private void Secret(string what) => Diagnostics.Error(
        Log, Diagnostics.SecretInProperty, ProjectFile, 0, 0,
        what + ": properties are on command lines and in logs, where others read them. Put the location of the database into the environment variable LOGML_STORAGE, or into a file that HyperOptStorageFile names.");

    private void WarnOfMisspelt()
    {
        string[] known = [.. Properties.Select(property => property.Name)];
        var commandLine = BuildEngine is IBuildEngine6 engine ? engine.GetGlobalProperties().Keys : [];
        foreach (var (name, line) in MisspeltProperties.Find(ProjectFile, commandLine, [.. known, NoProperty]))
        {
            var list = string.Join(", ", known);
            var right = MisspeltProperties.Nearest(name, known) is { } nearest ? $"did you mean {nearest}? There are: {list}" : $"there are: {list}";
            Diagnostics.Warning(Log, Diagnostics.BadOverride, ProjectFile, line, 0, $"{name} is set, and there is no such property, so that it changes nothing; {right}");
        }
    }

    private void Refuse(string property, string value, string problem) =>
        Diagnostics.Error(Log, Diagnostics.BadOverride, ProjectFile, 0, 0, $"{property} is '{value}', but {problem}.");
}
