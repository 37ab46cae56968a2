namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// A process that is fitted to some trials and conditioned on others. It reuses the hyper-parameters while the trials of the fit stay the
/// same, and the rows of the Cholesky factor whose points stay the same.
/// </summary>
internal sealed class Surrogate(PointCoding coding, History history)
{
    private readonly List<(int Number, bool IsPending)> _rows = [];
    private int[] _fitted = [];
    private double[] _fittedTargets = [];
    private Posterior? _posterior;

    /// <summary>Fits the hyper-parameters, unless they have been fitted to the same trials and targets.</summary>
    /// <param name="numbers">The trials.</param>
    /// <param name="targets">The observations of the trials.</param>
    public void Fit(int[] numbers, double[] targets)
    {
        if (_posterior is not null && _fitted.AsSpan().SequenceEqual(numbers) && _fittedTargets.AsSpan().SequenceEqual(targets))
        {
            return;
        }

        var found = HyperparameterFit.Fit(new TrainingSet(coding, history, numbers, targets));
        _posterior = new Posterior(new Kernel(coding.IsChoice, found));
        _rows.Clear();
        (_fitted, _fittedTargets) = (numbers, targets);
    }

    /// <summary>Conditions the process on trials.</summary>
    /// <param name="observed">The trials with an observation.</param>
    /// <param name="targets">The observations of the trials.</param>
    /// <param name="pending">The running trials.</param>
    public Posterior Condition(IReadOnlyList<int> observed, ReadOnlySpan<double> targets, IReadOnlyList<int> pending)
    {
        var posterior = _posterior ?? throw new InvalidOperationException("The process has not been fitted.");
        var total = observed.Count + pending.Count;
        var same = 0;
        while (same < total && same < _rows.Count && _rows[same] == At(same))
        {
            same++;
        }

        posterior.Truncate(same);
        _rows.RemoveRange(same, _rows.Count - same);
        for (var i = same; i < total; i++)
        {
            _rows.Add(At(i));
        }

        Append(posterior, same);
        posterior.Observe(targets);
        return posterior;

        (int Number, bool IsPending) At(int i) => i < observed.Count ? (observed[i], false) : (pending[i - observed.Count], true);
    }

    /// <summary>
    /// The process with shorter length scales, conditioned on the same trials. It is less certain between the points than the fitted one.
    /// </summary>
    /// <param name="factor">The divisor of the length scales; above 1.</param>
    /// <param name="targets">The observations of the trials of the last <see cref="Condition"/>.</param>
    public Posterior WithShorterScales(double factor, ReadOnlySpan<double> targets)
    {
        var fitted = _posterior!.Kernel.Hyperparameters;
        var square = factor * factor;
        var posterior = new Posterior(new Kernel(coding.IsChoice, fitted with
        {
            Weights = [.. fitted.Weights.Select(w => w * square)],
            AdditiveWeights = [.. fitted.AdditiveWeights.Select(w => w * square)],
        }));
        Append(posterior, 0);
        posterior.Observe(targets);
        return posterior;
    }

    // Adds the trials from an index on to a process that has the earlier ones.
    private void Append(Posterior posterior, int from)
    {
        var row = new double[coding.Features.Length];
        for (var i = from; i < _rows.Count; i++)
        {
            coding.Encode(history, _rows[i].Number, row);
            posterior.Append(row, _rows[i].IsPending);
        }
    }
}
