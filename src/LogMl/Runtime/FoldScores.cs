namespace LogMl.Runtime;

/// <summary>The scores of the folds of one run so far.</summary>
internal sealed class FoldScores
{
    /// <summary>The name of the standard deviation of the loss over the folds.</summary>
    public const string Deviation = "loss_std";

    private readonly List<EvaluationScores> _folds = [];

    public void Add(EvaluationScores scores) => _folds.Add(scores);

    /// <summary>
    /// The mean of the loss and of each metric; and the standard deviation of the loss over the folds, estimated from them as a sample
    /// (division by their number - 1), when there are several.
    /// </summary>
    /// <exception cref="ArgumentException">A metric has the name of the deviation.</exception>
    public EvaluationScores Mean()
    {
        var loss = _folds.Average(fold => fold.Loss);
        var metrics = _folds[0].Metrics
            .Select(metric => (metric.Name, _folds.Average(fold => Array.Find(fold.Metrics, other => other.Name == metric.Name).Value)))
            .ToList();
        if (_folds.Count > 1)
        {
            metrics.Add((Deviation, Math.Sqrt(_folds.Sum(fold => (fold.Loss - loss) * (fold.Loss - loss)) / (_folds.Count - 1))));
        }

        return new EvaluationScores(loss, [.. metrics]);
    }
}
