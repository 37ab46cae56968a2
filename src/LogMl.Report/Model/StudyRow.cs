using LogMl.Optimization;
using LogMl.Report.Reading;
using LogMl.Storage;

namespace LogMl.Report.Model;

/// <summary>A study of a comparison.</summary>
internal sealed record StudyRow
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The name of its storage.</summary>
    public required string Storage { get; init; }

    /// <summary>The number of its trials that are over.</summary>
    public required int Finished { get; init; }

    /// <summary>The number of those with a result that keep the constraints.</summary>
    public required int Complete { get; init; }

    /// <summary>The number of its best trial; null while there is none.</summary>
    public required int? Best { get; init; }

    /// <summary>The values of the best trial; empty while there is none.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>The seconds from the start of its first trial to the end of its last one.</summary>
    public required double Lasted { get; init; }

    /// <summary>For each objective the best value so far.</summary>
    public required IReadOnlyList<BestSoFar> History { get; init; }

    /// <summary>The share of each parameter of the comparison in the variance of the first objective; null where it has none.</summary>
    public required double?[] Fanova { get; init; }

    public static StudyRow Of(StudyContent content, IReadOnlyList<ObjectiveImportance> importances, IReadOnlyList<string> parameters)
    {
        var facts = new TrialFacts(content);
        var begun = content.Trials.Min(trial => trial.Started);
        var ends = content.Trials.Select(trial => (Trial: trial, Letter: facts.Letter(trial), End: EndOf(trial))).ToArray();
        var best = content.Best;
        (int Number, double Seconds, IReadOnlyList<double> Values)[] results =
        [
            .. ends.Where(end => end.Letter == TrialLetter.Complete)
                .Select(end => (end.Trial.Number, end.End, end.Trial.Values)),
        ];
        var shares = importances is [var first, ..] ? first.Fanova.ToDictionary(StringComparer.Ordinal) : [];
        return new StudyRow
        {
            Name = content.Study.Name,
            Storage = content.Storage,
            Finished = ends.Count(end => end.Letter is not (TrialLetter.Running or TrialLetter.Waiting or TrialLetter.Repeated)),
            Complete = results.Length,
            Best = best?.Number,
            Values = best is null
                ? []
                : [.. best.Losses.Zip(content.Study.Directions, (loss, direction) => direction == Direction.Maximize ? -loss : loss)],
            Lasted = ends.Select(end => end.End).DefaultIfEmpty().Max(),
            History = [.. content.Study.Directions.Select((direction, k) => BestSoFar.Of(results, k, direction))],
            Fanova = [.. parameters.Select(name => shares.TryGetValue(name, out var share) ? share : (double?)null)],
        };

        double EndOf(TrialRecord trial) => facts.Times(trial) is { Started: { } started } times && begun is { } first
            ? (started - first).TotalSeconds + (times.Seconds ?? 0)
            : 0;
    }
}
