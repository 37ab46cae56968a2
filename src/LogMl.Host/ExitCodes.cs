namespace LogMl.Host;

/// <summary>The exit codes of the host.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>An error event says why.</summary>
    public const int Failed = 1;

    /// <summary>The verb is one of the tool; a line on stderr says so.</summary>
    public const int WrongUsage = 2;

    /// <summary>The exit code of a shell for SIGINT.</summary>
    public const int Cancelled = 130;
}
