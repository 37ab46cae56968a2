using System.Globalization;
using LogMl.Host.Manifests;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>The last lines of a host that has joined a study. What the study has found is told where it is looked at.</summary>
internal static class JoinedSummary
{
    /// <summary>The lines.</summary>
    /// <param name="manifest">The manifest of the user's assembly.</param>
    /// <param name="study">The study.</param>
    /// <param name="ended">The number of trials that ended here.</param>
    /// <param name="maxEvals">The number of trials that the study is to have.</param>
    /// <param name="why">Why the host ends, a clause.</param>
    public static IEnumerable<string> Lines(Manifest manifest, StoredStudy study, int ended, int maxEvals, string why)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{manifest.Name}: {why}; {SearchSummary.Counted(ended, "trial")} ended here, {study.Finished} of {maxEvals} in the study");
        if (study.Best is { } best)
        {
            var goals = manifest.Goals;
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{SearchSummary.Indent}best {goals.DescribeBriefly(goals.ValuesOf(best.Losses))} at trial {best.Number}");
        }
    }
}
