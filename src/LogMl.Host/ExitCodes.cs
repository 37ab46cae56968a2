namespace LogMl.Host;

/// <summary>What the host's process ends with.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>An error event says why.</summary>
    public const int Failed = 1;

    /// <summary>ask-tell: the command line, a file or a line of the input is wrong; a line on stderr says how.</summary>
    public const int WrongInput = 2;

    /// <summary>As a shell has it for SIGINT.</summary>
    public const int Cancelled = 130;
}
