using LogMl.Optimization;

namespace LogMl.Storage;

/// <summary>A study as it is stored.</summary>
/// <param name="Id">The key in the storage.</param>
/// <param name="Name">The name, unique in the storage; at most 512 characters.</param>
/// <param name="Directions">The direction of each objective.</param>
/// <param name="Attributes">
/// The attributes of the study (Optuna's user attributes, and the system attributes that this library needs): JSON by key.
/// </param>
internal sealed record StudyRecord(
    long Id, string Name, IReadOnlyList<Direction> Directions, IReadOnlyDictionary<string, string> Attributes);
