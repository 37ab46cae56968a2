using System.Text.Json;
using LogMl.Shared;
using LogMl.Shared.Spaces;

namespace LogMl.Tool.Studies;

/// <summary>A trial as the tool shows it.</summary>
internal sealed record TrialData
{
    /// <summary>The number in the storage.</summary>
    public required int Number { get; init; }

    /// <summary>The state, one of <see cref="TrialWords"/>.</summary>
    public required string State { get; init; }

    /// <summary>The values of the parameters by name: numbers, and the index of an option.</summary>
    public required IReadOnlyDictionary<string, double> Values { get; init; }

    /// <summary>The values of the objectives in their order; empty unless it is complete.</summary>
    public IReadOnlyList<double> Objectives { get; init; } = [];

    /// <summary>The last value that a pruned trial has reported, which is no result; null for none and for another trial.</summary>
    public double? LastReport { get; init; }

    /// <summary>All scores by name: the objectives of a complete trial, and the metrics that are stored with it.</summary>
    public IReadOnlyDictionary<string, double> Scores { get; init; } = new Dictionary<string, double>();

    /// <summary>The place among the complete trials that count, from 1, by the first objective; null for the others.</summary>
    public int? Rank { get; init; }

    /// <summary>The sum of the violated constraints; null unless it is complete.</summary>
    public double? Violation { get; init; }

    /// <summary>When it was started, in UTC.</summary>
    public DateTime? Started { get; init; }

    /// <summary>When it ended, in UTC.</summary>
    public DateTime? Ended { get; init; }

    /// <summary>How many seconds it ran.</summary>
    public double? Seconds { get; init; }

    /// <summary>The machine that has run it.</summary>
    public string? Host { get; init; }

    /// <summary>What a scheduler calls the worker that has run it, and its GPU.</summary>
    public string? Worker { get; init; }

    /// <summary>The step in which it failed.</summary>
    public string? FailStep { get; init; }

    /// <summary>Why it failed, or does not count.</summary>
    public string? Reason { get; init; }

    /// <summary>The stack trace.</summary>
    public string? Stack { get; init; }

    /// <summary>The end of what it printed before it failed.</summary>
    public string? Output { get; init; }

    /// <summary>The user attributes.</summary>
    public required IReadOnlyDictionary<string, JsonElement> UserAttributes { get; init; }

    /// <summary>The intermediate values in the order of their steps.</summary>
    public IReadOnlyList<(int Step, double Value)> Reports { get; init; } = [];

    /// <summary>The numbers of the failed trials that this one repeats.</summary>
    public IReadOnlyList<int> Repeats { get; init; } = [];

    /// <summary>The values that a waiting trial was enqueued with, as JSON; null for none.</summary>
    public string? Enqueued { get; init; }

    /// <summary>Whether it is complete, whatever the search thinks of it.</summary>
    public bool IsComplete => State is TrialCsvRows.Complete or TrialWords.Infeasible or TrialWords.Uncounted;

    /// <summary>Whether it has ended.</summary>
    public bool IsOver => State is not (TrialWords.Running or TrialWords.Waiting);

    /// <summary>The loss as trials.csv has it; null when there is none.</summary>
    public double? Loss => IsComplete && Scores.TryGetValue(ObjectiveWords.Loss, out var loss) ? loss : null;
}
