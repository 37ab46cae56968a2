namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// Minimizes a smooth function of several variables inside of bounds: L-BFGS (J. Nocedal, S. Wright, "Numerical optimization", 2nd ed.
/// 2006, algorithms 7.4 and 7.5) with a backtracking line search that is projected to the bounds (D. Bertsekas, "Projected Newton methods",
/// 1982).
/// </summary>
internal sealed class LimitedMemoryBfgs(int memory, int maxIterations, double tolerance)
{
    private const double SufficientDecrease = 1e-4;
    private const int MaxHalvings = 12;

    /// <summary>Computes the value at a point, and its gradient.</summary>
    public delegate double Function(ReadOnlySpan<double> x, Span<double> gradient);

    /// <summary>Minimizes a function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="x">The starting point. Receives the minimum point.</param>
    /// <param name="low">The lower bounds.</param>
    /// <param name="high">The upper bounds.</param>
    /// <param name="firstStep">The length of the first step.</param>
    /// <returns>The value at the minimum.</returns>
    public double Minimize(Function function, double[] x, double[] low, double[] high, double firstStep)
    {
        var n = x.Length;
        var history = new List<(double[] Step, double[] Change, double Curvature)>();
        double[] gradient = new double[n], direction = new double[n], trial = new double[n], trialGradient = new double[n];
        var value = function(x, gradient);
        for (var iteration = 0; iteration < maxIterations; iteration++)
        {
            FindDirection(history, x, gradient, low, high, direction);
            var slope = Product(direction, gradient);
            if (!(slope < -1e-14))
            {
                if (history.Count == 0)
                {
                    break;
                }

                history.Clear();
                FindDirection(history, x, gradient, low, high, direction);
                slope = Product(direction, gradient);
                if (!(slope < -1e-14))
                {
                    break;
                }
            }

            var length = history.Count > 0 ? 1 : Math.Min(1, firstStep / Math.Sqrt(Product(direction, direction)));
            var trialValue = double.PositiveInfinity;
            var halvings = 0;
            for (; halvings < MaxHalvings; halvings++, length /= 2)
            {
                for (var i = 0; i < n; i++)
                {
                    trial[i] = Math.Clamp(x[i] + length * direction[i], low[i], high[i]);
                }

                trialValue = function(trial, trialGradient);
                if (trialValue <= value + SufficientDecrease * length * slope)
                {
                    break;
                }
            }

            if (halvings == MaxHalvings)
            {
                break;
            }

            double[] step = new double[n], change = new double[n];
            for (var i = 0; i < n; i++)
            {
                step[i] = trial[i] - x[i];
                change[i] = trialGradient[i] - gradient[i];
            }

            var curvature = Product(step, change);
            if (curvature > 1e-12)
            {
                history.Add((step, change, curvature));
                if (history.Count > memory)
                {
                    history.RemoveAt(0);
                }
            }

            trial.CopyTo(x, 0);
            trialGradient.CopyTo(gradient, 0);
            var gain = value - trialValue;
            value = trialValue;
            if (gain <= tolerance * Math.Max(1, Math.Abs(value)))
            {
                break;
            }
        }

        return value;
    }

    // The two-loop recursion over the free variables, which no bound holds.
    private static void FindDirection(
        List<(double[] Step, double[] Change, double Curvature)> history,
        double[] x, double[] gradient, double[] low, double[] high, double[] direction)
    {
        for (var i = 0; i < x.Length; i++)
        {
            direction[i] = IsAtBound(x, gradient, low, high, i) ? 0 : -gradient[i];
        }

        var alphas = new double[history.Count];
        for (var k = history.Count - 1; k >= 0; k--)
        {
            (var step, var change, var curvature) = history[k];
            alphas[k] = Product(step, direction) / curvature;
            Add(direction, -alphas[k], change);
        }

        if (history.Count > 0)
        {
            (_, var change, var curvature) = history[^1];
            var scale = curvature / Product(change, change);
            for (var i = 0; i < direction.Length; i++)
            {
                direction[i] *= scale;
            }
        }

        for (var k = 0; k < history.Count; k++)
        {
            (var step, var change, var curvature) = history[k];
            var beta = Product(change, direction) / curvature;
            Add(direction, alphas[k] - beta, step);
        }

        for (var i = 0; i < x.Length; i++)
        {
            if (IsAtBound(x, gradient, low, high, i))
            {
                direction[i] = 0;
            }
        }
    }

    private static bool IsAtBound(double[] x, double[] gradient, double[] low, double[] high, int i) =>
        (x[i] <= low[i] && gradient[i] > 0) || (x[i] >= high[i] && gradient[i] < 0);

    private static double Product(double[] a, double[] b) => Numerics.RowMath.Dot(a, b);

    private static void Add(double[] target, double factor, double[] source) => Numerics.RowMath.AddScaled(target, factor, source);
}
