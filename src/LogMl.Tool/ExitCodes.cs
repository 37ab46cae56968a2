namespace LogMl.Tool;

/// <summary>The exit codes of the tool. docs/tool.md lists them.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The command line is right, but what it asks for cannot be done; a line on stderr says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line or what a program has sent is wrong; a line on stderr says how.</summary>
    public const int WrongUsage = 2;

    /// <summary>The exit code of a shell for SIGINT.</summary>
    public const int Cancelled = 130;
}
