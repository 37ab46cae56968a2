using LogMl.Report.Reading;
using LogMl.Shared;
using LogMl.Shared.Spaces;

namespace LogMl.Tool.Studies;

/// <summary>The states of trials in words: those of trials.csv, and those that only an unfinished or uncounted trial has.</summary>
internal static class TrialWords
{
    /// <summary>A complete trial that violates a constraint.</summary>
    public const string Infeasible = "infeasible";

    /// <summary>A complete trial whose point is not in the space.</summary>
    public const string Uncounted = "uncounted";

    /// <summary>A trial that runs.</summary>
    public const string Running = "running";

    /// <summary>A trial that waits.</summary>
    public const string Waiting = "waiting";

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static readonly string[] All =
    [
        TrialCsvRows.Complete, Infeasible, Uncounted, TrialCsvRows.Pruned, TrialCsvRows.Failed, TrialCsvRows.Repeated, Running, Waiting,
    ];

    /// <summary>The state that another word was probably meant to be; null for none.</summary>
    public static string? Meant(string word) =>
        word.ToLowerInvariant() is "done" or "finished" or "ok" or "success" ? TrialCsvRows.Complete : NearestName.Find(word, All);

    /// <summary>The word for a state of the report.</summary>
    public static string Of(char letter) => letter switch
    {
        TrialLetter.Complete => TrialCsvRows.Complete,
        TrialLetter.Infeasible => Infeasible,
        TrialLetter.Uncounted => Uncounted,
        TrialLetter.Pruned => TrialCsvRows.Pruned,
        TrialLetter.Repeated => TrialCsvRows.Repeated,
        TrialLetter.Running => Running,
        TrialLetter.Waiting => Waiting,
        _ => TrialCsvRows.Failed,
    };
}
