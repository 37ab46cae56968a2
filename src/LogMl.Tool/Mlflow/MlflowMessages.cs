using System.Text.Json.Serialization;

namespace LogMl.Tool.Mlflow;

/// <summary>A tag or a parameter.</summary>
internal sealed record MlflowText(string Key, string Value);

/// <summary>A value of a metric. Values that are not finite are texts in JSON.</summary>
internal sealed record MlflowMetric(string Key, double Value, long Timestamp, long Step);

/// <summary>An experiment.</summary>
internal sealed record MlflowExperiment(string ExperimentId, string? LifecycleStage);

/// <summary>The answer to <c>experiments/get-by-name</c>.</summary>
internal sealed record FoundExperiment(MlflowExperiment? Experiment);

/// <summary>The body of <c>experiments/create</c>.</summary>
internal sealed record NewExperiment(string Name);

/// <summary>The answer to <c>experiments/create</c>.</summary>
internal sealed record CreatedExperiment(string? ExperimentId);

/// <summary>What a server knows about a run.</summary>
internal sealed record MlflowRunInfo(string RunId, string? Status);

/// <summary>What a server has of a run.</summary>
internal sealed record MlflowRunData(IReadOnlyList<MlflowText>? Tags);

/// <summary>A run on a server.</summary>
internal sealed record StoredRun(MlflowRunInfo Info, MlflowRunData? Data)
{
    /// <summary>The value of a tag; null when it has none.</summary>
    public string? Tag(string key) => Data?.Tags?.FirstOrDefault(tag => tag.Key == key)?.Value;
}

/// <summary>The body of <c>runs/search</c>.</summary>
internal sealed record RunSearch(string[] ExperimentIds, string Filter, int MaxResults, string? PageToken);

/// <summary>The answer to <c>runs/search</c>.</summary>
internal sealed record FoundRuns(IReadOnlyList<StoredRun>? Runs, string? NextPageToken);

/// <summary>The body of <c>runs/create</c>.</summary>
internal sealed record NewRun(string ExperimentId, string RunName, long? StartTime, IReadOnlyList<MlflowText> Tags);

/// <summary>The answer to <c>runs/create</c>.</summary>
internal sealed record CreatedRun(StoredRun? Run);

/// <summary>The body of <c>runs/log-batch</c>.</summary>
internal sealed record RunBatch(
    string RunId, IReadOnlyList<MlflowMetric> Metrics, IReadOnlyList<MlflowText> Params, IReadOnlyList<MlflowText> Tags);

/// <summary>The body of <c>runs/update</c>.</summary>
internal sealed record RunUpdate(string RunId, string Status, long? EndTime, string RunName);

/// <summary>The answer to a request that a server refuses.</summary>
internal sealed record MlflowError(string? ErrorCode, string? Message);

/// <summary>An answer without content.</summary>
internal sealed record NothingMore;

/// <summary>The JSON of MLflow's REST interface, version 2.0.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals | JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(FoundExperiment))]
[JsonSerializable(typeof(NewExperiment))]
[JsonSerializable(typeof(CreatedExperiment))]
[JsonSerializable(typeof(RunSearch))]
[JsonSerializable(typeof(FoundRuns))]
[JsonSerializable(typeof(NewRun))]
[JsonSerializable(typeof(CreatedRun))]
[JsonSerializable(typeof(RunBatch))]
[JsonSerializable(typeof(RunUpdate))]
[JsonSerializable(typeof(MlflowError))]
[JsonSerializable(typeof(NothingMore))]
internal sealed partial class MlflowJson : JsonSerializerContext;
