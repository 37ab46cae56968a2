namespace LogMl.Shared.Wire;

/// <summary>How a trial ended. Compiled into host and task.</summary>
internal enum TrialEnd
{
    /// <summary>It has a loss.</summary>
    Complete,

    /// <summary>It threw, its process died, or its loss is not a finite number.</summary>
    Failed,

    /// <summary>A step stopped it before its end.</summary>
    Pruned,

    /// <summary>Its process or its host was killed from outside. It is repeated under another number.</summary>
    Repeated,
}
