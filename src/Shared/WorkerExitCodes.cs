namespace LogMl.Shared;

/// <summary>
/// The exit codes of <c>logml worker</c>, which a scheduler understands: those of sysexits.h and of a shell. docs/many-machines.md lists
/// them.
/// </summary>
internal static class WorkerExitCodes
{
    /// <summary>The study is finished, or the quota of this worker is used up: <c>--max-trials</c> or <c>--max-time</c>.</summary>
    public const int Done = 0;

    /// <summary>The search has failed, as with trials that all fail. A line on stderr says why.</summary>
    public const int Failed = 1;

    /// <summary>
    /// The command line, the bundle or its code does not fit the study. Another start would end in the same way (EX_USAGE).
    /// </summary>
    public const int Usage = 64;

    /// <summary>The database cannot be reached. Start it again later (EX_TEMPFAIL).</summary>
    public const int TryAgain = 75;

    /// <summary>Ended by SIGINT. The running trials were given back.</summary>
    public const int Interrupted = 130;

    /// <summary>Ended by SIGTERM, SIGHUP or the end of the standard input. The running trials were given back.</summary>
    public const int Terminated = 143;
}
