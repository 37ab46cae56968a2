using LogMl.Optimization.MultiObjective;
using LogMl.Report.Reading;
using LogMl.Storage;

namespace LogMl.Report.Model;

/// <summary>The hypervolume after a trial that has enlarged it.</summary>
/// <param name="Trial">The index of the trial.</param>
/// <param name="Volume">The volume, as a share of the last one.</param>
internal sealed record HypervolumePoint(int Trial, double Volume)
{
    /// <summary>More points on a front of many objectives take longer to measure than the report is worth.</summary>
    private const int MaxMeasurements = 400;

    /// <summary>
    /// The history of the hypervolume. The reference is the worst value of each objective among all results, so that the first result
    /// counts little.
    /// </summary>
    public static IReadOnlyList<HypervolumePoint> History(StudyContent content)
    {
        if (content.Study.Directions.Count < 2 || content.View is not { } view || view.Results.Count == 0)
        {
            return [];
        }

        var index = content.Trials.Select((trial, i) => (trial.Number, i)).ToDictionary(pair => pair.Number, pair => pair.i);
        StoredResult[] results = [.. view.Results.OrderBy(result => result.Number)];
        double[] reference = [.. content.Study.Directions.Select((_, k) => results.Max(result => result.Losses[k]))];
        var front = new List<StoredResult>();
        var changes = new List<(int Trial, StoredResult[] Front)>();
        foreach (var result in results)
        {
            var next = ParetoFront.Of([.. front, result]);
            if (next.Contains(result))
            {
                front = [.. next];
                changes.Add((index[result.Number], [.. front]));
            }
        }

        var every = (changes.Count + MaxMeasurements - 1) / MaxMeasurements;
        HypervolumePoint[] history =
        [
            .. changes.Where((_, n) => n % every == 0 || n == changes.Count - 1).Select(change => new HypervolumePoint(
                change.Trial, Hypervolume.Compute(change.Front.Select(result => result.Losses), reference))),
        ];
        return history is [.., { Volume: > 0 } last] && double.IsFinite(last.Volume)
            ? [.. history.Select(point => point with { Volume = point.Volume / last.Volume })]
            : [];
    }
}
