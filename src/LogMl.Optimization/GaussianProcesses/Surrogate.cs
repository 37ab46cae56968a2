namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// A process that is fitted to some trials and conditioned on others. It keeps what it can use again: hyper-parameters as long as the trials
/// they were fitted to are the same, the factor of the covariance matrix as far as the points are.
/// </summary>
internal sealed class Surrogate(PointCoding coding, History history)
{
    private readonly List<(int Number, bool IsPending)> _rows = [];
    private int[] _fitted = [];
    private double[] _fittedTargets = [];
    private Posterior? _posterior;

    /// <summary>Fits the hyper-parameters, unless these trials are what they were fitted to.</summary>
    /// <param name="numbers">The trials.</param>
    /// <param name="targets">What was observed.</param>
    public void Fit(int[] numbers, double[] targets)
    {
        if (_posterior is not null && _fitted.AsSpan().SequenceEqual(numbers) && _fittedTargets.AsSpan().SequenceEqual(targets))
        {
            return;
        }

        Hyperparameters found = HyperparameterFit.Fit(new TrainingSet(coding, history, numbers, targets));
        _posterior = new Posterior(new Kernel(coding.IsChoice, found));
        _rows.Clear();
        (_fitted, _fittedTargets) = (numbers, targets);
    }

    /// <summary>Conditions the process.</summary>
    /// <param name="observed">The trials with an observation.</param>
    /// <param name="targets">What was observed.</param>
    /// <param name="pending">The trials that are being evaluated.</param>
    public Posterior Condition(IReadOnlyList<int> observed, ReadOnlySpan<double> targets, IReadOnlyList<int> pending)
    {
        Posterior posterior = _posterior ?? throw new InvalidOperationException("The process has not been fitted.");
        int total = observed.Count + pending.Count;
        int same = 0;
        while (same < total && same < _rows.Count && _rows[same] == At(same))
        {
            same++;
        }

        posterior.Truncate(same);
        _rows.RemoveRange(same, _rows.Count - same);
        for (int i = same; i < total; i++)
        {
            _rows.Add(At(i));
        }

        Append(posterior, same);
        posterior.Observe(targets);
        return posterior;

        (int Number, bool IsPending) At(int i) => i < observed.Count ? (observed[i], false) : (pending[i - observed.Count], true);
    }

    /// <summary>
    /// The process as it would be with shorter length scales, given the same. It doubts what the fitted one is sure of.
    /// </summary>
    /// <param name="factor">By how much shorter; above 1.</param>
    /// <param name="targets">What was observed at the points that the process was last conditioned on.</param>
    public Posterior Shorten(double factor, ReadOnlySpan<double> targets)
    {
        Hyperparameters fitted = _posterior!.Kernel.Hyperparameters;
        double square = factor * factor;
        var posterior = new Posterior(new Kernel(coding.IsChoice, fitted with
        {
            Weights = [.. fitted.Weights.Select(w => w * square)],
            AdditiveWeights = [.. fitted.AdditiveWeights.Select(w => w * square)],
        }));
        Append(posterior, 0);
        posterior.Observe(targets);
        return posterior;
    }

    // Adds the trials to a process that already has the first of them.
    private void Append(Posterior posterior, int from)
    {
        var row = new double[coding.Features.Length];
        for (int i = from; i < _rows.Count; i++)
        {
            coding.Encode(history, _rows[i].Number, row);
            posterior.Append(row, _rows[i].IsPending);
        }
    }
}
