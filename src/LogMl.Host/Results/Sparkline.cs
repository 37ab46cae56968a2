using LogMl.Host.Manifests;
using LogMl.Optimization;
using LogMl.Shared;

namespace LogMl.Host.Results;

/// <summary>The best value so far as a line of blocks, one for each trial or for some of them.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const int MostColumns = 40;

    /// <summary>The line, with the first and the last value; null when the first complete trial was the best.</summary>
    /// <param name="goals">What the search looks for. Of several objectives the first is shown.</param>
    /// <param name="trials">The trials in the order in which they ended.</param>
    public static string? Of(Goals goals, IReadOnlyList<FinishedTrial> trials)
    {
        var objective = goals.Objectives[0];
        var best = BestSoFar(objective, trials);
        if (best.Count == 0 || best[0] == best[^1])
        {
            return null;
        }

        var columns = Math.Min(best.Count, MostColumns);
        var (low, high) = (Math.Min(best[0], best[^1]), Math.Max(best[0], best[^1]));
        var blocks = Enumerable.Range(0, columns).Select(column =>
            Blocks[(int)Math.Round((best[LastOf(column)] - low) / (high - low) * (Blocks.Length - 1))]);
        var what = goals.IsLossAlone ? "best so far" : $"best {objective.Name} so far";
        return $"{what} {string.Concat(blocks)} {ShortNumber.Of(best[0])} to {ShortNumber.Of(best[^1])}";

        // The first column has the first trial alone, so that the line begins where the search did.
        int LastOf(int column) => columns == 1 ? 0 : (int)((long)column * (best.Count - 1) / (columns - 1));
    }

    private static List<double> BestSoFar(Objective objective, IReadOnlyList<FinishedTrial> trials)
    {
        var best = new List<double>();
        foreach (var trial in trials)
        {
            if (trial.IsFeasible == true && trial.Score(objective.Name) is { } value && double.IsFinite(value))
            {
                best.Add(best.Count == 0 ? value
                    : objective.Direction == Direction.Maximize ? Math.Max(best[^1], value)
                    : Math.Min(best[^1], value));
            }
        }

        return best;
    }
}
