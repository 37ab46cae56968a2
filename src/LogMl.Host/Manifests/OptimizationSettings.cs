using System.Text.Json;
using LogMl.Shared;
using LogMl.Shared.Requests;

namespace LogMl.Host.Manifests;

/// <summary>The keys of <c>hyper_parameter_optimization</c>, each with the value that holds in this call.</summary>
/// <param name="Values">The source of the values.</param>
internal record OptimizationSettings(SettingValues Values)
{
    /// <summary>Whether there is to be a search.</summary>
    public bool Enable { get; init; } = Values.Flag("enable");

    /// <summary>One of <see cref="Algorithms.Names"/>.</summary>
    public string Algorithm { get; init; } = Values.Word(SearchKeys.Algorithm)!;

    /// <summary>The sampler's options by name, or null. Another algorithm has other options.</summary>
    public JsonElement? AlgorithmOptions { get; init; } =
        Values.IsChanged(SearchKeys.Algorithm) ? null : Values.Json(SearchKeys.AlgorithmOptions);

    /// <summary>The number of evaluations.</summary>
    public int MaxEvals { get; init; } = (int)Values.Integer("max_evals")!;

    /// <summary>The seed of the search; null when none is set.</summary>
    public long? RandomSeed { get; init; } = Values.Integer("random_seed");

    /// <summary>Whether the YAML wants progress to be shown.</summary>
    public bool ShowProgressBar { get; init; } = Values.Flag("show_progressbar");

    /// <summary>The objectives and the constraints.</summary>
    public Goals Goals { get; init; } = Goals.Of(Values.Json(SearchKeys.Objectives), Values.Json(SearchKeys.Constraints));

    /// <summary>The pruner's name and options, or null.</summary>
    public JsonElement? Pruner { get; init; } = Values.Json(SearchKeys.Pruner);

    /// <summary>The time after which the search ends; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; } = Values.Time("timeout");

    /// <summary>The loss at which the search ends; null for none.</summary>
    public double? LossThreshold { get; init; } = Values.Number("loss_threshold");

    /// <summary>The options of the stop without improvement, or null.</summary>
    public JsonElement? NoImprovement { get; init; } = Values.Json(SearchKeys.NoImprovement);

    /// <summary>The options of the stop by the remaining regret, or null.</summary>
    public JsonElement? Terminator { get; init; } = Values.Json(SearchKeys.Terminator);

    /// <summary>How a point is handled that was tried before.</summary>
    public string Duplicates { get; init; } = Values.Word("duplicates")!;

    /// <summary>The values of the first trials: for each trial, values by the name of the parameter.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, double>> PointsToEvaluate { get; init; } =
        Values.Json(SearchKeys.Points) is { } points ? [.. points.EnumerateArray().Select(ReadPoint)] : [];

    /// <summary>The number of trials that run at the same time.</summary>
    public int Workers { get; init; } = (int)Values.Integer("workers")!;

    /// <summary>Whether the trials do not depend on how fast they are.</summary>
    public bool Deterministic { get; init; } = Values.Flag("deterministic");

    /// <summary>Whether the defaults are run at the end of a search, to compare the best trial with them.</summary>
    public bool CompareDefaults { get; init; } = Values.Flag("compare_defaults");

    /// <summary>The time limit of a trial; null for no limit.</summary>
    public TimeSpan? TrialTimeout { get; init; } = Values.Time("trial_timeout");

    /// <summary>The memory limit of a trial in bytes; null for no limit.</summary>
    public long? TrialMemory { get; init; } = Values.Integer("trial_memory");

    /// <summary>How often a trial whose process was killed from outside is run again.</summary>
    public int MaxRetries { get; init; } = (int)Values.Integer("max_retries")!;

    /// <summary>
    /// The number of failed trials at which the search ends when no trial of the call has succeeded. The next ones would fail too.
    /// </summary>
    public int MaxFailures { get; init; } = (int)Values.Integer("max_failures")!;

    /// <summary>The settings of the build alone. The others have their defaults.</summary>
    public static OptimizationSettings OfBuild(HostRequest request) => new(new SettingValues(null, request.Overrides));

    private static IReadOnlyDictionary<string, double> ReadPoint(JsonElement point) =>
        point.EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetDouble(), StringComparer.Ordinal);
}
