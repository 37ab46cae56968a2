namespace LogMl.Host.Results;

/// <summary>What became of a trial.</summary>
internal enum TrialEnd
{
    /// <summary>It has a loss.</summary>
    Complete,

    /// <summary>It threw, its process died, or its loss is not a finite number.</summary>
    Failed,

    /// <summary>A step gave it up before its end.</summary>
    Pruned,

    /// <summary>Its process was killed from outside, or its host was; the trial is repeated under another number.</summary>
    Repeated,
}

/// <summary>A trial of the search that is over.</summary>
internal sealed record FinishedTrial
{
    private static readonly Dictionary<string, double> None = [];

    /// <summary>Its number in the study.</summary>
    public required int Number { get; init; }

    public required TrialEnd End { get; init; }

    /// <summary>Its parameters: numbers, or the index of an option.</summary>
    public required IReadOnlyDictionary<string, double> Values { get; init; }

    /// <summary>In UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>How long it ran.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset Ended => Started + Elapsed;

    /// <summary>The validation loss; null unless the trial is complete.</summary>
    public double? Loss { get; init; }

    /// <summary>What model_evaluate gave for the validation part beside the loss.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = None;

    /// <summary>Whether its end takes back the result of an earlier run of the same evaluation.</summary>
    public bool IsReplacing { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    public TrialFailure? Failure { get; init; }
}
