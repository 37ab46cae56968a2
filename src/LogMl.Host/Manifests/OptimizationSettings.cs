using System.Text.Json;

namespace LogMl.Host.Manifests;

/// <summary>The keys of <c>hyper_parameter_optimization</c>.</summary>
internal sealed record OptimizationSettings(bool Enable, string Algorithm, int MaxEvals, long? RandomSeed, bool ShowProgressBar)
{
    /// <summary>The sampler's options by name, or null.</summary>
    public JsonElement? AlgorithmOptions { get; init; }

    /// <summary>The pruner's name and options, or null.</summary>
    public JsonElement? Pruner { get; init; }

    /// <summary>The time after which the search ends; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The loss at which the search ends; null for none.</summary>
    public double? LossThreshold { get; init; }

    /// <summary>The options of the stop without improvement, or null.</summary>
    public JsonElement? NoImprovement { get; init; }

    /// <summary>The options of the stop by the remaining regret, or null.</summary>
    public JsonElement? Terminator { get; init; }

    /// <summary>What happens to a point that was tried before, or null.</summary>
    public string? Duplicates { get; init; }

    /// <summary>The values of the first trials: for each trial, values by the name of the parameter.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, double>> PointsToEvaluate { get; init; } = [];

    /// <summary>The number of trials that run at the same time, or null.</summary>
    public int? Workers { get; init; }

    /// <summary>The time limit of a trial; null for no limit.</summary>
    public TimeSpan? TrialTimeout { get; init; }

    /// <summary>The memory limit of a trial in bytes; null for no limit.</summary>
    public long? TrialMemory { get; init; }

    /// <summary>How often a trial whose process was killed from outside is run again, or null.</summary>
    public int? MaxRetries { get; init; }

    /// <summary>How many trials may fail at the start, with no success among them, before the search ends; or null.</summary>
    public int? MaxFailures { get; init; }

    public static OptimizationSettings Read(JsonElement json) => new(
        json.GetProperty("enable").GetBoolean(),
        json.GetProperty("algorithm").GetString()!,
        json.GetProperty("max_evals").GetInt32(),
        json.GetProperty("random_seed") is { ValueKind: JsonValueKind.Number } seed ? seed.GetInt64() : null,
        json.GetProperty("show_progressbar").GetBoolean())
    {
        AlgorithmOptions = Optional(json, "algorithm_options"),
        Pruner = Optional(json, "pruner"),
        Timeout = Optional(json, "timeout") is { } timeout ? TimeSpan.FromSeconds(timeout.GetDouble()) : null,
        LossThreshold = Optional(json, "loss_threshold")?.GetDouble(),
        NoImprovement = Optional(json, "no_improvement"),
        Terminator = Optional(json, "terminator"),
        Duplicates = Optional(json, "duplicates")?.GetString(),
        PointsToEvaluate = Optional(json, "points_to_evaluate") is { } points ? [.. points.EnumerateArray().Select(ReadPoint)] : [],
        Workers = Optional(json, "workers")?.GetInt32(),
        TrialTimeout = Optional(json, "trial_timeout") is { } trialTimeout ? TimeSpan.FromSeconds(trialTimeout.GetDouble()) : null,
        TrialMemory = Optional(json, "trial_memory")?.GetInt64(),
        MaxRetries = Optional(json, "max_retries")?.GetInt32(),
        MaxFailures = Optional(json, "max_failures")?.GetInt32(),
    };

    private static IReadOnlyDictionary<string, double> ReadPoint(JsonElement point) =>
        point.EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetDouble(), StringComparer.Ordinal);

    private static JsonElement? Optional(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.Clone() : null;
}
