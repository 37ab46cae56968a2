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

    /// <summary>The machines that run trials of it, or have.</summary>
    public required IReadOnlyList<HostState> Hosts { get; init; }

    /// <summary>
    /// Whether it says something to list the machines: there are several, or the only one has gone while trials of it ran.
    /// </summary>
    public bool HasHosts => Hosts.Count > 1 || Hosts is [{ Life: HostLife.Gone }];

    /// <summary>The running trials that take far longer than the others.</summary>
    public required Stragglers Stragglers { get; init; }

    /// <summary>All trials, in the order of their numbers.</summary>
    public required IReadOnlyList<TrialRecord> Trials { get; init; }

    /// <summary>The attributes of the trials by number: JSON by name.</summary>
    public required IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>> Notes { get; init; }

    /// <summary>The distributions that are stored with the values of the trials; the latest of a parameter is the last.</summary>
    public required IReadOnlyList<(string Name, StoredDistribution Distribution)> Distributions { get; init; }

    /// <summary>Whether trials have constraints.</summary>
    public bool HasConstraints => Trials.Any(trial => trial.Constraints.Count > 0);

    /// <summary>The objectives with their names.</summary>
    public IReadOnlyList<StudyObjective> Objectives => StudyObjective.Of(Study);

    /// <summary>
    /// The trials that no other one beats: those of the search or, in a study without a space, those of the stored trials. With one
    /// objective it is the best trial alone.
    /// </summary>
    public IReadOnlyList<StoredResult> Front => View is { } view ? view.Front : FrontOf(Trials);

    /// <summary>
    /// The best trial; with several objectives the one of the front that is nearest to the ideal. Null while there is none.
    /// </summary>
    public StoredResult? Best => Study.Directions.Count == 1
        ? Front.OrderBy(result => result.Loss).ThenBy(result => result.Number).FirstOrDefault()
        : ParetoFront.Choose(Front);

    private IReadOnlyList<StoredResult> FrontOf(IEnumerable<TrialRecord> trials)
    {
        // Optuna accepts an infinite loss.
        var complete = trials.Where(trial =>
            trial.State == StoredState.Complete && trial.Violation == 0 && trial.Values.All(double.IsFinite));
        var front = ParetoFront.Of(complete.Select(trial => new StoredResult(
            trial.Number, trial.Number,
            [.. trial.Values.Zip(Study.Directions, (value, direction) => direction == Direction.Maximize ? -value : value)],
            new Dictionary<string, double>())));
        return Study.Directions.Count > 1 ? front : [.. front.Take(1)];
    }
}
