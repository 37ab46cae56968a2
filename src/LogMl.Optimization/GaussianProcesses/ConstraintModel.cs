namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// A Gaussian process that models the constraints of complete trials. Its targets are the violations in units of their median, and -1 for
/// feasible trials. So a point is predicted to be feasible where the process is negative.
/// </summary>
internal sealed class ConstraintModel(PointCoding coding, History history)
{
    private const double FeasibleTarget = -1;

    private readonly Surrogate _surrogate = new(coding, history);

    /// <summary>Updates the model to the trials of the loss model.</summary>
    /// <param name="fitted">The trials to which the hyper-parameters are fitted.</param>
    /// <param name="observed">The complete trials.</param>
    /// <param name="running">The running trials.</param>
    /// <returns>The process; null if no trial violated a constraint.</returns>
    public Posterior? Update(int[] fitted, int[] observed, int[] running)
    {
        double[] violations = [.. observed.Select(history.Violation).Where(v => v > 0).Order()];
        if (violations.Length == 0)
        {
            return null;
        }

        var unit = violations[violations.Length / 2];
        _surrogate.Fit(fitted, Targets(fitted, unit));
        return _surrogate.Condition(observed, Targets(observed, unit), running);
    }

    // Bounded, because the size of a large violation says little about the border of the feasible region.
    private double[] Targets(int[] numbers, double unit) =>
        [.. numbers.Select(i => history.Violation(i) is > 0 and double v ? 2 * v / (v + unit) : FeasibleTarget)];
}
