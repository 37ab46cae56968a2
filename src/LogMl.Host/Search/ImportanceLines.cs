using System.Globalization;
using LogMl.Host.Manifests;
using LogMl.Report;

namespace LogMl.Host.Search;

/// <summary>The lines of the summary about the parameters that matter most, by fANOVA.</summary>
internal static class ImportanceLines
{
    private const int Most = 3;

    /// <summary>Shares below this are shown as nothing.</summary>
    private const double Least = 0.005;

    /// <summary>Lines for each objective for which some parameter matters.</summary>
    /// <param name="goals">What the search looks for.</param>
    /// <param name="importances">The importances.</param>
    public static IEnumerable<string> Of(Goals goals, IReadOnlyList<ObjectiveImportance> importances)
    {
        foreach (var importance in importances)
        {
            string[] shares = [.. importance.Fanova.Where(share => share.Value >= Least).Take(Most)
                .Select(share => $"{share.Key} {Percent(share.Value)}")];
            if (shares.Length > 0)
            {
                var what = goals.AreSeveral ? $"important for {goals.Names[importance.Objective]}" : "important";
                shares[0] = $"{what}: {shares[0]}";
                shares[^1] += Estimate(importance);
                foreach (var line in WrappedLines.Of(shares))
                {
                    yield return line;
                }
            }
        }
    }

    /// <summary>A share for people: <c>62 %</c>.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");

    /// <summary>The clause that says that a share is estimated from some of the trials; empty when it is computed from all.</summary>
    public static string Estimate(ObjectiveImportance importance) => importance.Trials == importance.CompleteTrials
        ? ""
        : string.Create(
            CultureInfo.InvariantCulture,
            $" (estimated from {importance.Trials} of {importance.CompleteTrials} complete trials)");
}
