namespace LogMl.Shared.Wire;

/// <summary>What became of a trial. Compiled into host and task.</summary>
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
