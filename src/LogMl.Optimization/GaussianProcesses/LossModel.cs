using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// A Gaussian process that models the losses of a study. The losses of complete trials are its observations. Failed and pruned trials count
/// as observations of a bad loss. Running trials are pending points.
/// </summary>
/// <remarks>
/// The hyper-parameters are fitted at checkpoints, which are numbers of trials that grow geometrically, to the trials below the checkpoint.
/// So they are a function of the history, and fits take a small part of the time.
/// </remarks>
internal sealed class LossModel
{
    // The quantile of the losses of the complete trials that stands in for the loss of a failed or pruned trial.
    private const double BadQuantile = 0.8;

    private readonly PointCoding _coding;
    private readonly History _history;
    private readonly GpOptions _options;
    private readonly Surrogate _surrogate;
    private readonly ConstraintModel _constraints;
    private double[] _targets = [];

    public LossModel(PointCoding coding, History history, GpOptions options)
    {
        _coding = coding;
        _history = history;
        _options = options;
        _surrogate = new Surrogate(coding, history);
        _constraints = new ConstraintModel(coding, history);
    }

    /// <summary>The process conditioned on the history.</summary>
    public Posterior Posterior { get; private set; } = null!;

    /// <summary>The process of the constraints, negative where a point is feasible; null if no trial violated a constraint.</summary>
    public Posterior? Violation { get; private set; }

    /// <summary>
    /// The feasible trials that the process is conditioned on, best first by the mean of the process at their points. If there is none, the
    /// infeasible ones by their violation.
    /// </summary>
    public int[] Ranking { get; private set; } = [];

    /// <summary>The lowest mean of the process at a feasible or a running trial; infinity while no trial is feasible.</summary>
    public double BestMean { get; private set; }

    /// <summary>The same process with shorter length scales.</summary>
    public Posterior WithShorterScales(double factor) => _surrogate.WithShorterScales(factor, _targets);

    /// <summary>The difference between the median observation and the best one.</summary>
    public double MedianGap { get; private set; }

    /// <summary>Updates the model to the first trials of the history.</summary>
    /// <param name="number">The number of trials.</param>
    /// <returns>False if too few of them are complete for a model.</returns>
    public bool Update(int number)
    {
        var checkpoint = Checkpoint(number);
        var early = Complete(checkpoint);
        var fitted = Selection.Of(_history, early, _options.FitObservations);
        if (fitted.Length < 2 || _coding.Features.Length == 0)
        {
            return false;
        }

        _surrogate.Fit(fitted, LossWarp.Warp(Losses(fitted)));

        // Between checkpoints, trials are only added, so that the Cholesky factor can be extended.
        int[] complete =
            [.. Selection.Of(_history, early, _options.MaxObservations), .. Complete(number).Where(i => i >= checkpoint)];
        var targets = LossWarp.Warp(Losses(complete));
        double[] sorted = [.. targets.Order()];
        var bad = sorted[(int)(BadQuantile * (sorted.Length - 1))];
        MedianGap = sorted[sorted.Length / 2] - sorted[0];
        int[] withoutLoss = [.. Enumerable.Range(0, number).Where(i => _history.State(i) is TrialState.Failed or TrialState.Pruned)
            .TakeLast(_options.MaxObservations / 4)];
        int[] running = [.. Enumerable.Range(0, number).Where(i => _history.State(i) == TrialState.Running)];
        int[] observed = [.. complete, .. withoutLoss];
        Array.Sort(observed);
        var targetOf = new Dictionary<int, double>(complete.Length);
        for (var i = 0; i < complete.Length; i++)
        {
            targetOf[complete[i]] = targets[i];
        }

        var all = _targets = [.. observed.Select(i => targetOf.GetValueOrDefault(i, bad))];
        Posterior = _surrogate.Condition(observed, all, running);
        Violation = _constraints.Update(fitted, complete, running);
        int[] feasible = [.. Enumerable.Range(0, observed.Length)
            .Where(i => targetOf.ContainsKey(observed[i]) && _history.Violation(observed[i]) == 0)
            .OrderBy(i => Posterior.MeanAt(i, all[i])).ThenBy(i => observed[i])];
        BestMean = feasible.Length > 0 ? LowestMean(running, Posterior.MeanAt(feasible[0], all[feasible[0]])) : double.PositiveInfinity;
        Ranking = feasible.Length > 0
            ? [.. feasible.Select(i => observed[i])]
            : [.. complete.OrderBy(_history.Violation).ThenBy(i => i)];
        return true;
    }

    // A running trial counts with its predicted mean. Otherwise the same point would be proposed again.
    private double LowestMean(int[] running, double best)
    {
        var row = new double[_coding.Features.Length];
        foreach (var number in running)
        {
            _coding.Encode(_history, number, row);
            best = Math.Min(best, Posterior.At(row).Mean);
        }

        return best;
    }

    private int Checkpoint(int number)
    {
        var checkpoint = _options.StartupTrials;
        while (checkpoint < number)
        {
            var next = checkpoint + Math.Max(1, (int)(_options.RefitGrowth * checkpoint));
            if (next > number)
            {
                break;
            }

            checkpoint = next;
        }

        return checkpoint;
    }

    private int[] Complete(int end) =>
        [.. Enumerable.Range(0, Math.Min(end, _history.Count)).Where(i => _history.State(i) == TrialState.Complete)];

    private double[] Losses(int[] numbers) => [.. numbers.Select(i => _history.Loss(i))];
}
