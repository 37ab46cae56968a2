using LogMl.Shared;

namespace LogMl.Tasks;

/// <summary>The properties of a search, one row each: those that override a key of the YAML, and those that only a build has.</summary>
internal static class SearchProperties
{
    public const string RetryFailed = "HyperOptRetryFailed";
    public const string Reevaluate = "HyperOptReevaluate";
    public const string OutputPath = "HyperOptOutputPath";
    public const string Workflow = "HyperOptWorkflow";
    public const string Study = "HyperOptStudy";
    public const string From = "HyperOptFrom";
    public const string StorageFile = "HyperOptStorageFile";
    public const string Trial = "HyperOptTrial";
    public const string DryRun = "HyperOptDryRun";
    public const string MaxLoss = GateLimits.MaxLoss;
    public const string Baseline = GateLimits.Baseline;
    public const string MaxRegression = GateLimits.MaxRegression;
    public const string Parameters = "LogMlParameters";
    public const string ShowProgress = "HyperOptShowProgress";
    public const string Report = "HyperOptReport";
    public const string Compare = "HyperOptCompare";
    public const string PackPath = "HyperOptPackPath";
    public const string Workers = "HyperOptWorkers";
    public const string Cluster = "HyperOptCluster";
    public const string ClusterTime = "HyperOptClusterTime";
    public const string ClusterOptions = "HyperOptClusterOptions";

    public static readonly SearchProperty[] Table =
    [
        .. SearchKeys.Table.Where(key => key.Property is not null)
            .Select(key => new SearchProperty(key.Property!, value => OverrideRules.Broken(key.Rule!, value))),
        new(RetryFailed, OverrideRules.Flag),
        new(Reevaluate, OverrideRules.Flag),
        new(OutputPath, null),
        new(Workflow, null),
        new(Study, OverrideRules.Study),
        new(From, OverrideRules.Study),
        new(StorageFile, null),
        new(Trial, OverrideRules.Trial),
        new(DryRun, OverrideRules.Flag),
        new(MaxLoss, value => OverrideRules.Broken(GateLimits.Loss, value)),
        new(Baseline, null),
        new(MaxRegression, OverrideRules.Regression),
        new(Parameters, null),
        new(ShowProgress, OverrideRules.Flag),
        new(Report, OverrideRules.Flag),
        new(Compare, null),
        new(PackPath, null),
        new(Cluster, OverrideRules.Cluster),
        new(ClusterTime, null),
        new(ClusterOptions, null),
    ];

    /// <summary>The names of all of them.</summary>
    public static readonly string[] Names = Array.ConvertAll(Table, property => property.Name);
}

/// <summary>A property of a search.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rule">
/// Returns what would be right, or null for a valid value. The rule itself is null when validity depends on more than the value.
/// </param>
internal sealed record SearchProperty(string Name, Func<string, string?>? Rule);
