namespace LogMl.Storage;

/// <summary>The states of a stored trial: those of Optuna's table <c>trials</c>.</summary>
internal enum StoredState
{
    /// <summary>It has a point, or a part of one, and nobody runs it yet.</summary>
    Waiting,

    /// <summary>Somebody runs it.</summary>
    Running,

    /// <summary>It has the values of all objectives.</summary>
    Complete,

    /// <summary>It was given up before its end.</summary>
    Pruned,

    /// <summary>It has no value.</summary>
    Fail,
}
