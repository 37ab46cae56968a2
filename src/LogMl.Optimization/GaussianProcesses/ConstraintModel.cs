namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// What a Gaussian process makes of the constraints of complete trials: their violations in units of the median one, and -1 where all are
/// kept. Where the process is negative, a point is feasible.
/// </summary>
internal sealed class ConstraintModel(PointCoding coding, History history)
{
    private const double Kept = -1;

    private readonly Surrogate _surrogate = new(coding, history);

    /// <summary>Brings the model up to the trials of a loss model.</summary>
    /// <param name="fitted">The trials for the fit.</param>
    /// <param name="observed">The complete trials.</param>
    /// <param name="running">The trials that are being evaluated.</param>
    /// <returns>The process; null when no trial violated a constraint.</returns>
    public Posterior? Update(int[] fitted, int[] observed, int[] running)
    {
        double[] violations = [.. observed.Select(history.Violation).Where(v => v > 0).Order()];
        if (violations.Length == 0)
        {
            return null;
        }

        double unit = violations[violations.Length / 2];
        _surrogate.Fit(fitted, Targets(fitted, unit));
        return _surrogate.Condition(observed, Targets(observed, unit), running);
    }

    // Bounded, as how badly a constraint was violated far away says little.
    private double[] Targets(int[] numbers, double unit) =>
        [.. numbers.Select(i => history.Violation(i) is > 0 and double v ? 2 * v / (v + unit) : Kept)];
}
