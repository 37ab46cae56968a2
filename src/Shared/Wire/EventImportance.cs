namespace LogMl.Shared.Wire;

/// <summary>How much a message of the host matters to who sees the build. Compiled into host and task.</summary>
internal enum EventImportance
{
    /// <summary>It is always shown.</summary>
    High,

    /// <summary>It is shown by a build that says what it does.</summary>
    Normal,

    /// <summary>It is for the binary log.</summary>
    Low,
}
