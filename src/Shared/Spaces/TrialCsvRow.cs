using System.Text.Json;

namespace LogMl.Shared.Spaces;

/// <summary>What a row of trials.csv has of a trial.</summary>
internal sealed record TrialCsvRow
{
    /// <summary>The number in the storage.</summary>
    public required int Number { get; init; }

    /// <summary>The state in a word.</summary>
    public required string State { get; init; }

    /// <summary>The validation loss; null when there is none.</summary>
    public double? Loss { get; init; }

    /// <summary>Whether it keeps all constraints; null unless it is complete.</summary>
    public bool? IsFeasible { get; init; }

    /// <summary>How many seconds it ran; null when it has not ended.</summary>
    public double? Seconds { get; init; }

    /// <summary>When it started, in UTC; null while it waits.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended, in UTC; null when it has not.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The step in which it failed; empty for none.</summary>
    public string Step { get; init; } = "";

    /// <summary>Why it failed; empty for no reason.</summary>
    public string Message { get; init; } = "";

    /// <summary>The values of the parameters by name.</summary>
    public required IReadOnlyDictionary<string, double> Values { get; init; }

    /// <summary>The scores besides the loss.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>The user attributes.</summary>
    public required IReadOnlyDictionary<string, JsonElement> UserAttributes { get; init; }
}
