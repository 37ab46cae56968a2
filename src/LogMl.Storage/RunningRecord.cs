namespace LogMl.Storage;

/// <summary>A running trial, and whether who runs it is alive, by the clock of the database.</summary>
/// <param name="Id">The key of the trial.</param>
/// <param name="Number">Its number.</param>
/// <param name="Owner">The process of this library that runs it; null for another program.</param>
internal sealed record RunningRecord(long Id, int Number, string? Owner)
{
    /// <summary>How long it has run.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The last sign of life, in UTC; null for a program that gives none.</summary>
    public required DateTime? LastSeen { get; init; }

    /// <summary>Whether who runs it counts as dead.</summary>
    public required bool IsGone { get; init; }

    /// <summary>Whether who runs it is known to be alive. Of a program that gives no signs of life neither is known.</summary>
    public bool IsAlive => !IsGone && (Owner is not null || LastSeen is not null);
}
