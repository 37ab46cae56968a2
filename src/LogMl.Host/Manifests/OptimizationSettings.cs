using System.Text.Json;

namespace LogMl.Host.Manifests;

/// <summary>The keys of <c>hyper_parameter_optimization</c>.</summary>
internal sealed record OptimizationSettings(bool Enable, string Algorithm, int MaxEvals, long? RandomSeed, bool ShowProgressBar)
{
    /// <summary>The sampler's options by name, or null.</summary>
    public JsonElement? AlgorithmOptions { get; init; }

    /// <summary>The pruner's name and options, or null.</summary>
    public JsonElement? Pruner { get; init; }

    /// <summary>After this time the search ends; null: no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>With this loss the search ends; null: with none.</summary>
    public double? LossThreshold { get; init; }

    /// <summary>The options of the end without improvement, or null.</summary>
    public JsonElement? NoImprovement { get; init; }

    /// <summary>The options of the end by the remaining regret, or null.</summary>
    public JsonElement? Terminator { get; init; }

    /// <summary>What becomes of a point that was tried before, or null.</summary>
    public string? Duplicates { get; init; }

    /// <summary>Values by the name of the parameter, for each of the first trials.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, double>> PointsToEvaluate { get; init; } = [];

    /// <summary>How many trials run at a time, or null.</summary>
    public int? Workers { get; init; }

    /// <summary>What a trial may take; null: as long as it wants.</summary>
    public TimeSpan? TrialTimeout { get; init; }

    /// <summary>The bytes that a trial may take; null: as many as it wants.</summary>
    public long? TrialMemory { get; init; }

    /// <summary>How often a trial whose process was killed from outside is run again, or null.</summary>
    public int? MaxRetries { get; init; }

    /// <summary>How many of the first trials may fail before the search ends when no other has, or null.</summary>
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
