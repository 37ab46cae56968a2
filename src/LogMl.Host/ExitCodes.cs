namespace LogMl.Host;

/// <summary>The exit codes of the host.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>An error event says why.</summary>
    public const int Failed = 1;

    /// <summary>ask-tell: the command line, a file or a line of the input is wrong; a line on stderr says how.</summary>
    public const int WrongInput = 2;

    /// <summary>The exit code of a shell for SIGINT.</summary>
    public const int Cancelled = 130;
}
