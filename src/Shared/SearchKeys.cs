namespace LogMl.Shared;

/// <summary>
/// The keys of <c>hyper_parameter_optimization</c>, one row each, in the order in which messages and the manifest list them. The reader of
/// the YAML, the manifest, the properties of the build and the settings of the host all use these rows.
/// </summary>
internal static class SearchKeys
{
    public const string Space = "space";
    public const string Algorithm = "algorithm";
    public const string AlgorithmOptions = "algorithm_options";
    public const string Pruner = "pruner";
    public const string NoImprovement = "no_improvement";
    public const string Terminator = "terminator";
    public const string Points = "points_to_evaluate";
    public const string Objectives = "objectives";
    public const string Constraints = "constraints";
    public const string LossThreshold = "loss_threshold";

    public static readonly SearchKey[] Table =
    [
        new(OptionRule.Any("enable", OptionKind.Flag)) { Default = "true", IsAlwaysWritten = true },
        new(OptionRule.Word(Algorithm, Algorithms.Names))
        {
            Default = Algorithms.Default, IsAlwaysWritten = true, Property = "HyperOptAlgorithm",
        },
        new(AlgorithmOptions) { IsInFile = false },
        new(OptionRule.Integer("max_evals", 1)) { Default = "100", IsAlwaysWritten = true, Property = "HyperOptMaxEvals" },
        new(OptionRule.Any("random_seed", OptionKind.Long)) { IsAlwaysWritten = true, Property = "HyperOptSeed" },
        new(OptionRule.Any("show_progressbar", OptionKind.Flag)) { Default = "true", IsAlwaysWritten = true },
        new(Space),
        new(Objectives),
        new(Constraints),
        new(Pruner),
        new(OptionRule.Any("timeout", OptionKind.Time)) { Property = "HyperOptTimeout" },
        new(OptionRule.Number(LossThreshold)),
        new(NoImprovement),
        new(Terminator),
        new(OptionRule.Word("duplicates", StoppingOptions.Duplicates)) { Default = StoppingOptions.Reevaluate },
        new(Points),
        new(OptionRule.Integer("workers", 1, 1024)) { Default = "1", Property = "HyperOptWorkers" },
        new(OptionRule.Any("deterministic", OptionKind.Flag)) { Property = "HyperOptDeterministic" },
        new(OptionRule.Any("compare_defaults", OptionKind.Flag)) { Default = "true", Property = "HyperOptCompareDefaults" },
        new(OptionRule.Any("trial_timeout", OptionKind.Time)) { Property = "HyperOptTrialTimeout" },
        new(OptionRule.Any("trial_memory", OptionKind.Memory)) { Property = "HyperOptTrialMemory" },
        new(OptionRule.Integer("max_retries", 0, 100)) { Default = "1", Property = "HyperOptMaxRetries" },
        new(OptionRule.Integer("max_failures", 1)) { Default = "10", Property = "HyperOptMaxFailures" },
    ];

    /// <summary>The keys that the file may have.</summary>
    public static readonly string[] Names = [.. Table.Where(key => key.IsInFile).Select(key => key.Name)];

    /// <summary>The row of an existing key.</summary>
    public static SearchKey Find(string name) =>
        Array.Find(Table, key => key.Name == name) ?? throw new ArgumentException($"There is no key '{name}'.", nameof(name));
}

/// <summary>A key of <c>hyper_parameter_optimization</c>.</summary>
/// <param name="Name">Its name in the YAML, in the manifest, and in the request of a build to the host.</param>
/// <param name="Rule">The rule of a value that is one number or word; null for a value with parts, which has a reader of its own.</param>
internal sealed record SearchKey(string Name, OptionRule? Rule = null)
{
    public SearchKey(OptionRule rule)
        : this(rule.Name, rule)
    {
    }

    /// <summary>The default as it would be written; null when there is none.</summary>
    public string? Default { get; init; }

    /// <summary>The property of the build that overrides the key for one search; null when there is none.</summary>
    public string? Property { get; init; }

    /// <summary>False for an entry of the manifest that is no key of the file.</summary>
    public bool IsInFile { get; init; } = true;

    /// <summary>Whether the manifest has the key even when the file does not set it.</summary>
    public bool IsAlwaysWritten { get; init; }
}
