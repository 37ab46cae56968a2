namespace LogMl.Shared.Wire;

/// <summary>How important a message of the host is to the person who sees the build. Compiled into host and task.</summary>
internal enum EventImportance
{
    /// <summary>It is always shown.</summary>
    High,

    /// <summary>A build with normal or higher verbosity shows it.</summary>
    Normal,

    /// <summary>Only detailed logs, such as the binary log, have it.</summary>
    Low,
}
