using LogMl.Shared;

namespace LogMl.Runtime;

/// <summary>The scores of the folds of one run so far.</summary>
/// <param name="objectives">The names of the objectives.</param>
internal sealed class FoldScores(string[] objectives)
{
    private readonly List<EvaluationScores> _folds = [];

    public void Add(EvaluationScores scores) => _folds.Add(scores);

    /// <summary>
    /// The mean of the loss and of each metric; and the standard deviations of the loss and of each objective over the folds, estimated
    /// from them as a sample (division by their number - 1), when there are several.
    /// </summary>
    /// <exception cref="ArgumentException">A metric has the name of a deviation.</exception>
    public EvaluationScores Mean()
    {
        var loss = _folds.Average(fold => fold.Loss);
        var metrics = _folds[0].Metrics.Select(metric => (metric.Name, MeanOf(metric.Name))).ToList();
        if (_folds.Count > 1)
        {
            string[] losses = loss is null ? [] : [ObjectiveWords.Loss];
            metrics.AddRange(losses.Union(objectives).Select(name => (name + ObjectiveWords.Deviation, DeviationOf(name))));
        }

        return new EvaluationScores(loss, [.. metrics]);
    }

    private double MeanOf(string name) => _folds.Average(fold => fold.Figures[name]);

    private double DeviationOf(string name)
    {
        var mean = MeanOf(name);
        return Math.Sqrt(_folds.Sum(fold => (fold.Figures[name] - mean) * (fold.Figures[name] - mean)) / (_folds.Count - 1));
    }
}
