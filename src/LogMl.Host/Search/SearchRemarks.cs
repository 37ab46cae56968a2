using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Shared;
using LogMl.Storage;
using static LogMl.Host.Search.SearchSummary;

namespace LogMl.Host.Search;

/// <summary>What there is to say at the end of a search besides its result, a clause each.</summary>
internal static class SearchRemarks
{
    /// <param name="manifest">The manifest of the user's assembly.</param>
    /// <param name="study">The study.</param>
    /// <param name="counts">Its trials.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="hasReport">Whether this search has written a report.</param>
    /// <param name="others">What the search constraints and the step trial_finished have to say.</param>
    public static IEnumerable<string> Of(
        Manifest manifest, StoredStudy study, OutcomeCounts counts, StudyFolder folder, bool hasReport, IEnumerable<string> others) =>
        [.. OfTrials(counts), .. manifest.Notes, .. others, .. OfOthers(study), .. OfReport(folder, hasReport)];

    private static IEnumerable<string> OfTrials(OutcomeCounts counts)
    {
        var ended = counts.Ended;
        if (ended.Elsewhere > 0)
        {
            yield return $"{Counted(ended.Elsewhere, "trial")} {(ended.Elsewhere == 1 ? "was" : "were")} run by other searches of "
                + "this study at the same time";
        }

        if (ended.Repeated > 0)
        {
            yield return $"{Counted(ended.Repeated, "trial")} {(ended.Repeated == 1 ? "was" : "were")} run again, "
                + $"because {(ended.Repeated == 1 ? "its process was" : "their processes were")} killed";
        }

        if (ended.LostFolds > 0)
        {
            yield return $"{Counted(ended.LostFolds, "fold")} {(ended.LostFolds == 1 ? "was" : "were")} run again, "
                + $"because {(ended.LostFolds == 1 ? "its process was" : "their processes were")} killed";
        }

        if (RevokedResults(ended.RevokedResults) is { } revoked)
        {
            yield return revoked;
        }

        if (counts.Waiting > 0)
        {
            yield return $"{Counted(counts.Waiting, "trial")} {(counts.Waiting == 1 ? "waits" : "wait")} to be run, by the next call";
        }
    }

    private static IEnumerable<string> OfOthers(StoredStudy study) => OtherProgramsText.Running(study) is { } running ? [running] : [];

    /// <summary>A report that an earlier search has left is not today's.</summary>
    private static IEnumerable<string> OfReport(StudyFolder folder, bool hasReport) =>
        !hasReport && new FileInfo(folder.ReportHtml) is { Exists: true } old
            ? [$"{old.Name} is older, of {TimeText.Of(old.LastWriteTimeUtc)}: -t:HyperOptReport writes it anew"]
            : [];
}
