using LogMl.Optimization;

namespace LogMl.Storage;

/// <summary>A trial that this process runs.</summary>
public sealed class StoredTrial
{
    internal StoredTrial(TrialRecord record, int evaluation, Trial trial)
    {
        Record = record;
        Evaluation = evaluation;
        Trial = trial;
    }

    /// <summary>The number in the storage: what other programs show.</summary>
    public int Number => Record.Number;

    /// <summary>
    /// Which of the evaluations of the search this is, from 0. It is the number, less one for each repetition of a trial whose process died: the repetition is the same
    /// evaluation. So a search that was cut off has the same evaluations as one that never was.
    /// </summary>
    public int Evaluation { get; }

    /// <summary>The trial in the engine: its values, reports and pruning.</summary>
    public Trial Trial { get; }

    /// <summary>The number of an earlier trial whose result this one has got without running (<see cref="DuplicateHandling.Reuse"/>); else null.</summary>
    public int? ReusedTrial { get; internal set; }

    /// <summary>What the trial was enqueued with and cannot have, in words; the sampler has proposed other values. Empty for almost every trial.</summary>
    public IReadOnlyList<string> Ignored { get; internal set; } = [];

    /// <summary>Whether somebody has asked for this run although the evaluation has a result: that of the earlier run counts until this one is over.</summary>
    public bool IsReplacing { get; internal init; }

    internal TrialRecord Record { get; set; }

    /// <summary>Whether this process has given it back, or had it repeated: what becomes of it is no longer its business.</summary>
    internal bool IsGivenBack { get; set; }
}

/// <summary>A running trial of another program.</summary>
/// <param name="Number">The number in the storage.</param>
/// <param name="Started">When it was started, as that program says; null when it does not.</param>
public readonly record struct OtherTrial(int Number, DateTime? Started);

/// <summary>Why there is no trial to run.</summary>
public enum AskEnd
{
    /// <summary>There is one.</summary>
    None,

    /// <summary>The study has all its evaluations, and they are over.</summary>
    MaxEvals,

    /// <summary>There is no further point.</summary>
    Exhausted,

    /// <summary>Others run the last ones. When one of them dies, its trial is to be run again.</summary>
    Others,
}
