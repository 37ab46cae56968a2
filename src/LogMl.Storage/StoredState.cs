namespace LogMl.Storage;

/// <summary>The states of a stored trial: those of Optuna's table <c>trials</c>.</summary>
internal enum StoredState
{
    /// <summary>It has a point, or a part of one, and does not run yet.</summary>
    Waiting,

    /// <summary>A process runs it.</summary>
    Running,

    /// <summary>It has the values of all objectives.</summary>
    Complete,

    /// <summary>It was pruned.</summary>
    Pruned,

    /// <summary>It failed, and has no value.</summary>
    Fail,
}
