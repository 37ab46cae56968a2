using System.CommandLine;

namespace LogMl.Tool.Commands;

/// <summary>The options of a worker that a launcher has too.</summary>
internal sealed class WorkerSymbols
{
    /// <summary>The greatest number of trials.</summary>
    public Option<int?> MaxTrials { get; } = new("--max-trials")
    {
        HelpName = "count", Description = "Ends when it has run this many trials.",
    };

    /// <summary>The longest time.</summary>
    public Option<string?> MaxTime { get; } = new("--max-time")
    {
        HelpName = "time", Description = "Ends after this time, such as 3h55m or 3:55:00, and gives its running trials back.",
    };

    /// <summary>The folder of the bundle.</summary>
    public Option<string?> Bundle { get; } = new("--bundle")
    {
        HelpName = "folder", Description = "The bundle, when this is not the tool of one.",
    };

    /// <summary>Whether other code than the study's may join.</summary>
    public Option<bool> OtherCode { get; } = new("--allow-other-code")
    {
        Description = "Joins although its code or data are not those of the study.",
    };
}
