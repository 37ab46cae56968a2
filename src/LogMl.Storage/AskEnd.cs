namespace LogMl.Storage;

/// <summary>Why there is no trial to run.</summary>
public enum AskEnd
{
    /// <summary>There is one.</summary>
    None,

    /// <summary>The study has all its evaluations, and all have ended.</summary>
    MaxEvals,

    /// <summary>All points of the space have been tried.</summary>
    Exhausted,

    /// <summary>Other processes run the last evaluations. When one of them dies, its trial must be run again.</summary>
    Others,

    /// <summary>
    /// The study is deterministic (<see cref="Optimization.StudyOptions.DeterministicWorkers"/>), and an earlier trial must end before the
    /// next one starts.
    /// </summary>
    Earlier,
}
