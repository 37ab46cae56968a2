using LogMl.Optimization;
using LogMl.Shared;
using LogMl.Storage;
using LogMl.Storage.Encoding;

namespace LogMl.Report.Reading;

/// <summary>A study as it is stored.</summary>
internal sealed record StudyContent
{
    /// <summary>Name, objectives and attributes.</summary>
    public required StudyRecord Study { get; init; }

    /// <summary>The name of the storage; it has no secret in it.</summary>
    public required string Storage { get; init; }

    /// <summary>Whether a process runs trials of it.</summary>
    public required bool IsRunning { get; init; }

    /// <summary>What is noted about its section <c>functions</c>.</summary>
    public required StoredFunctions Functions { get; init; }

    /// <summary>The study with its space; null when it has none.</summary>
    public required StudyView? View { get; init; }

    /// <summary>Its space; null when it has none.</summary>
    public required SearchSpace? Space { get; init; }

    /// <summary>Why it has no space; null when it has one.</summary>
    public required string? NoSpace { get; init; }

    /// <summary>All trials, in the order of their numbers.</summary>
    public required IReadOnlyList<TrialRecord> Trials { get; init; }

    /// <summary>The attributes of the trials by number: JSON by name.</summary>
    public required IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>> Notes { get; init; }

    /// <summary>The distributions that are stored with the values of the trials; the latest of a parameter is the last.</summary>
    public required IReadOnlyList<(string Name, StoredDistribution Distribution)> Distributions { get; init; }
}
