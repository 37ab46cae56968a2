using LogMl.Optimization.GaussianProcesses;

namespace LogMl.Optimization.Stopping;

/// <summary>The Gaussian process of the sampler as a model of the loss, in the unit of the loss.</summary>
/// <remarks>
/// The process is fitted to warped losses: linear up to the median, compressed above. The regret bound only needs losses below the median,
/// so a linear function inverts the warp.
/// </remarks>
internal sealed class GaussianProcessLoss : ILossModel
{
    // The time of a fit grows with the third power of the number of trials.
    private const int MaxObservations = 200;

    private readonly PointCoding _coding;
    private readonly Posterior? _posterior;
    private readonly double[] _row;
    private readonly double _factor;
    private readonly double _bestLoss;
    private readonly double _bestTarget;

    private GaussianProcessLoss(History history, int[] numbers)
    {
        _coding = new PointCoding(history.Parameters);
        _row = new double[_coding.Features.Length];
        double[] losses = [.. numbers.Select(i => history.Loss(i))];
        var targets = LossWarp.Warp(losses);
        int[] order = [.. Enumerable.Range(0, numbers.Length).OrderBy(i => losses[i]).ThenBy(i => i)];
        var best = order[0];

        // The trial with the median loss, or the first one above it that is worse than the best. If all losses are equal, the factor is 0.
        var other = order.Skip(order.Length / 2).FirstOrDefault(i => losses[i] > losses[best], best);
        (_bestLoss, _bestTarget) = (losses[best], targets[best]);
        _factor = other == best ? 0 : (losses[other] - _bestLoss) / (targets[other] - _bestTarget);

        if (_factor == 0 || _row.Length == 0)
        {
            return;
        }

        var surrogate = new Surrogate(_coding, history);
        surrogate.Fit(numbers, targets);
        _posterior = surrogate.Condition(numbers, targets, []);
        Noise = Math.Sqrt(_posterior.Kernel.Hyperparameters.Noise) * _factor;
    }

    public double Noise { get; }

    /// <summary>Fits a process to trials.</summary>
    /// <param name="history">The trials.</param>
    /// <param name="numbers">
    /// The numbers of the complete and feasible trials, ascending. If there are many, a selection of them is used.
    /// </param>
    public static GaussianProcessLoss Fit(History history, int[] numbers) =>
        new(history, Selection.Of(history, numbers, MaxObservations));

    public (double Mean, double Deviation) At(ParameterValues point)
    {
        if (_posterior is null)
        {
            return (_bestLoss, 0);
        }

        _coding.Encode(point.AsSpan(), _row);
        (var mean, var variance) = _posterior.At(_row);
        return (_bestLoss + (mean - _bestTarget) * _factor, Math.Sqrt(variance) * _factor);
    }
}
