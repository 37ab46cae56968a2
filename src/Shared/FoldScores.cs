namespace LogMl.Shared;

/// <summary>The scores of the folds of one trial so far, in the order of the folds.</summary>
/// <param name="objectives">The names of the objectives.</param>
/// <remarks>
/// A worker that runs all folds of a trial has one, and the host when each worker runs one fold: the sums are made in the same order, so
/// that the result is the same to the last bit.
/// </remarks>
internal sealed class FoldScores(IEnumerable<string> objectives)
{
    private readonly List<IReadOnlyDictionary<string, double>> _folds = [];

    /// <summary>Adds the scores of the next fold.</summary>
    /// <param name="scores">The scores by name; the loss, if there is one, is the first.</param>
    public void Add(IReadOnlyDictionary<string, double> scores) => _folds.Add(scores);

    /// <summary>
    /// The mean of the loss and of each metric; and the standard deviations of the loss and of each objective over the folds, estimated
    /// from them as a sample (division by their number - 1), when there are several.
    /// </summary>
    /// <exception cref="ArgumentException">A metric has the name of a deviation.</exception>
    /// <exception cref="KeyNotFoundException">A fold has not all metrics of the first one.</exception>
    public OrderedDictionary<string, double> Mean()
    {
        var means = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var name in _folds[0].Keys)
        {
            means.Add(name, MeanOf(name));
        }

        if (_folds.Count > 1)
        {
            string[] losses = means.ContainsKey(ObjectiveWords.Loss) ? [ObjectiveWords.Loss] : [];
            foreach (var name in losses.Union(objectives))
            {
                means.Add(name + ObjectiveWords.Deviation, DeviationOf(name));
            }
        }

        return means;
    }

    private double MeanOf(string name) => _folds.Average(fold => fold[name]);

    private double DeviationOf(string name)
    {
        var mean = MeanOf(name);
        return Math.Sqrt(_folds.Sum(fold => (fold[name] - mean) * (fold[name] - mean)) / (_folds.Count - 1));
    }
}
