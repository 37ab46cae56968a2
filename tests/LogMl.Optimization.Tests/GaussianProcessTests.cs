using LogMl.Optimization.GaussianProcesses;
using LogMl.Optimization.Numerics;
using LogMl.Shared;

namespace LogMl.Optimization.Tests;

/// <summary>The arithmetic of Gaussian processes, compared with definitions and with differences.</summary>
public class GaussianProcessTests
{
    private const int Features = 3;

    private static readonly bool[] IsChoice = [false, false, true];

    private static readonly Hyperparameters Some = new([2.0, 0.5, 1.5], 1.3, [4.0, 1.0, 3.0], 0.7, 0.01);

    [Fact]
    public void A_factor_that_grew_by_rows_solves_and_inverts()
    {
        const int N = 37;
        var k = PositiveDefinite(N);
        var factor = Factor(k, N);
        var random = new RandomStream(1, 1);
        double[] x = [.. Enumerable.Range(0, N).Select(_ => StandardNormal.Draw(random))];
        double[] b = [.. Enumerable.Range(0, N).Select(i => Enumerable.Range(0, N).Sum(j => k[i, j] * x[j]))];
        factor.SolveLower(b);
        factor.SolveUpper(b);
        var inverse = factor.Inverse();
        for (var i = 0; i < N; i++)
        {
            Assert.Equal(x[i], b[i], 1e-9);
            for (var j = 0; j < N; j++)
            {
                var product = Enumerable.Range(0, N).Sum(l => k[i, l] * (l >= j ? inverse[l][j] : inverse[j][l]));
                Assert.Equal(i == j ? 1 : 0, product, 1e-9);
            }
        }
    }

    [Fact]
    public void A_factor_that_was_cut_and_grew_again_has_the_same_bits()
    {
        const int N = 30;
        var k = PositiveDefinite(N);
        var once = Factor(k, N);
        var again = Factor(k, 12);
        again.Truncate(7);
        Append(again, k, 7, N);
        for (var i = 0; i < N; i++)
        {
            Assert.Equal(once.Row(i).ToArray(), again.Row(i).ToArray());
        }
    }

    [Fact]
    public void The_kernel_is_the_formula_of_its_documentation()
    {
        var columns = Points(9);
        double[] row = [0.3, 0.8, 1];
        var kernel = new Kernel(IsChoice, Some);
        var joint = new double[RowMath.Padded(9)];
        var additive = new double[joint.Length];
        kernel.Covariances(columns, row, joint, additive, []);
        for (var i = 0; i < 9; i++)
        {
            double[] squares = [.. Enumerable.Range(0, Features).Select(d =>
                IsChoice[d] ? (columns[d][i] == row[d] ? 0.0 : 1.0) : Math.Pow(columns[d][i] - row[d], 2))];
            var a = Math.Sqrt(5 * squares.Select((s, d) => s * Some.Weights[d]).Sum());
            Assert.Equal(Some.Variance * (1 + a + a * a / 3) * Math.Exp(-a), joint[i], 1e-12);
            var effects = squares.Select((s, d) => Math.Pow(1 + Some.AdditiveWeights[d] * s / 4, -2)).Sum();
            Assert.Equal(Some.AdditiveVariance / Features * effects, additive[i], 1e-12);
        }

        Assert.Equal(Some.Variance + Some.AdditiveVariance, kernel.Variance, 1e-12);
    }

    [Fact]
    public void The_posterior_goes_through_observations_without_noise_and_knows_least_far_away()
    {
        var posterior = Conditioned(12, pending: 0, out var columns, out var targets);
        for (var i = 0; i < targets.Length; i++)
        {
            (var mean, var variance) = posterior.At(Row(columns, i));
            Assert.Equal(targets[i], mean, 1e-3);
            Assert.Equal(mean, posterior.MeanAt(i, targets[i]), 1e-6);
            Assert.InRange(variance, 0, 1e-3);
        }

        Assert.InRange(posterior.At([30, 30, 2]).Variance, 1.2, posterior.Kernel.Variance);
    }

    [Fact]
    public void A_point_under_evaluation_takes_the_variance_and_leaves_the_mean()
    {
        var without = Conditioned(12, pending: 0, out _, out _);
        var with = Conditioned(12, pending: 1, out _, out _);
        double[] pending = [0.9, 0.05, 0];
        Assert.Equal(without.At(pending).Mean, with.At(pending).Mean, 1e-12);
        Assert.True(with.At(pending).Variance < 0.01 * without.At(pending).Variance);
    }

    [Fact]
    public void The_slopes_of_the_acquisitions_are_those_of_differences()
    {
        var posterior = Conditioned(15, pending: 2, out _, out var targets);
        Acquisition improvement = new LogExpectedImprovement(posterior, targets.Min());
        Acquisition feasible = new LogFeasibility(posterior);
        Acquisition far = new LogExpectedImprovement(posterior, targets.Min() - 5);
        foreach (var acquisition in (Acquisition[])[improvement, feasible, far, new SumAcquisition(improvement, feasible)])
        {
            double[] row = [0.42, 0.37, 1];
            var gradient = new double[2];
            var value = acquisition.At(row, [0, 1], gradient);
            Assert.Equal(acquisition.At(row), value, 1e-12);
            for (var d = 0; d < 2; d++)
            {
                const double H = 1e-5;
                double[] up = [.. row], down = [.. row];
                up[d] += H;
                down[d] -= H;
                var difference = (acquisition.At(up) - acquisition.At(down)) / (2 * H);
                Assert.Equal(difference, gradient[d], 1e-4 * Math.Max(1, Math.Abs(difference)));
            }
        }
    }

    [Theory]
    [InlineData(1.0, 0.0, 1.0)]
    [InlineData(0.0, 0.5, 0.2)]
    [InlineData(-1.0, 0.3, 0.25)]
    public void The_expected_improvement_is_the_integral(double best, double mean, double sigma)
    {
        double sum = 0;
        const int Cells = 200_000;
        for (var i = 0; i < Cells; i++)
        {
            var f = mean + sigma * (-12 + 24 * (i + 0.5) / Cells);
            var density = Math.Exp(-0.5 * Math.Pow((f - mean) / sigma, 2)) / (sigma * Math.Sqrt(2 * Math.PI));
            sum += Math.Max(0, best - f) * density * 24 * sigma / Cells;
        }

        Assert.Equal(Math.Log(sum), LogExpectedImprovement.Of(best, mean, sigma, out _, out _), 1e-5);
    }

    [Fact]
    public void The_logarithm_of_the_expected_improvement_is_finite_and_smooth_where_the_improvement_is_no_number()
    {
        var before = LogExpectedImprovement.Of(0, 0, 1, out _, out _);
        for (var mean = 0.001; mean < 1e5; mean *= 1.01)
        {
            var value = LogExpectedImprovement.Of(0, mean, 1, out var byMean, out var bySigma);
            Assert.True(double.IsFinite(value) && value < before, $"at {mean}");
            Assert.True(byMean < 0 && bySigma > 0, $"at {mean}");
            before = value;
        }
    }

    [Fact]
    public void Mills_ratio_is_the_tail_over_the_density()
    {
        for (double z = 0; z < 30; z += 0.37)
        {
            var density = PortableMath.Exp(-z * z / 2 - StandardNormal.LogSqrtTwoPi);
            Assert.Equal(1, StandardNormal.Mills(z) * density / StandardNormal.Cdf(-z), 1e-9);
        }
    }

    [Fact]
    public void The_minimizer_finds_the_minimum_of_rosenbrocks_function_and_stops_at_bounds()
    {
        var search = new LimitedMemoryBfgs(memory: 8, maxIterations: 200, tolerance: 1e-14);
        double[] x = [-1.2, 1];
        search.Minimize(Rosenbrock, x, [-5, -5], [5, 5], firstStep: 0.1);
        Assert.Equal(1, x[0], 1e-4);
        Assert.Equal(1, x[1], 1e-4);

        // With x0 <= 0.5 the minimum is on the bound, at (0.5, 0.25).
        x = [-1.2, 1];
        search.Minimize(Rosenbrock, x, [-5, -5], [0.5, 5], firstStep: 0.1);
        Assert.Equal(0.5, x[0], 1e-6);
        Assert.Equal(0.25, x[1], 1e-4);

        static double Rosenbrock(ReadOnlySpan<double> p, Span<double> gradient)
        {
            double a = 1 - p[0], b = p[1] - p[0] * p[0];
            gradient[0] = -2 * a - 400 * p[0] * b;
            gradient[1] = 200 * b;
            return a * a + 100 * b * b;
        }
    }

    [Fact]
    public void The_fit_finds_what_matters_and_how_much_noise_there_is()
    {
        const int Seeds = 20;
        int matters = 0, noise = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var space = new SearchSpace
            {
                ["a"] = Distribution.Uniform(0, 1), ["b"] = Distribution.Uniform(0, 1), ["c"] = Distribution.Choice(0, 1, 2),
            };
            var study = TestSpaces.NewStudy(space, Samplers.Qmc(seed));
            study.Optimize(t => Math.Sin(5 * t.GetDouble("a")) + 0.3 * StandardNormal.Draw(new RandomStream(seed, 1000 + t.Number)), 80);
            var fit = HyperparameterFit.Fit(Data(study));
            matters += fit.Weights[0] + fit.AdditiveWeights[0] > 3 * (fit.Weights[1] + fit.AdditiveWeights[1]) ? 1 : 0;
            noise += fit.Noise is > 0.04 and < 0.2 ? 1 : 0; // the targets are the losses; 0.3^2 = 0.09
        }

        Assert.InRange(matters, 17, Seeds);
        Assert.InRange(noise, 18, Seeds);
    }

    [Fact]
    public void Warped_losses_keep_their_order_and_are_bounded_for_all_finite_losses()
    {
        double[] losses = [-1e308, 1e308, 3, 3, 2, 5e-324, 0, 1e300];
        var warped = LossWarp.Warp(losses);
        Assert.All(warped, y => Assert.InRange(y, -10, 10));
        for (var i = 0; i < losses.Length; i++)
        {
            for (var j = 0; j < losses.Length; j++)
            {
                Assert.False(losses[i] < losses[j] && warped[i] > warped[j]);
            }
        }

        Assert.All(LossWarp.Warp([4, 4, 4]), y => Assert.Equal(0, y));
    }

    private static TrainingSet Data(Study study)
    {
        var history = new History(study.Parameters, 1);
        foreach (var trial in study.Trials)
        {
            var point = new ParameterValues(study.Parameters.Count);
            for (var p = 0; p < point.Count; p++)
            {
                point[p] = trial.Values[study.Parameters[p].Name];
            }

            history.Add(point);
        }

        return new TrainingSet(
            new PointCoding(study.Parameters),
            history,
            [.. study.Trials.Select(t => t.Number)],
            [.. study.Trials.Select(t => t.Loss!.Value)]);
    }

    private static Posterior Conditioned(int count, int pending, out double[][] columns, out double[] targets)
    {
        columns = Points(count);
        var posterior = new Posterior(new Kernel(IsChoice, Some with { Noise = 1e-6 }));
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            var row = Row(columns, i);
            posterior.Append(row);
            values[i] = Math.Sin(3 * row[0]) + row[1] * row[1] - 0.5 * row[2];
        }

        for (var i = 0; i < pending; i++)
        {
            posterior.Append([0.9 - 0.8 * i, 0.05, 0], isPending: true);
        }

        posterior.Observe(values);
        targets = values;
        return posterior;
    }

    private static double[][] Points(int count)
    {
        var random = new RandomStream(5, 5);
        var columns = new double[Features][];
        for (var d = 0; d < Features; d++)
        {
            columns[d] = new double[RowMath.Padded(count)];
            for (var i = 0; i < count; i++)
            {
                columns[d][i] = IsChoice[d] ? random.NextBelow(3) : random.NextDouble();
            }
        }

        return columns;
    }

    private static double[] Row(double[][] columns, int i) => [.. columns.Select(column => column[i])];

    private static double[,] PositiveDefinite(int n)
    {
        var random = new RandomStream(3, 3);
        var a = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                a[i, j] = StandardNormal.Draw(random);
            }
        }

        var k = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                k[i, j] = Enumerable.Range(0, n).Sum(l => a[i, l] * a[j, l]) / n + (i == j ? 0.5 : 0);
            }
        }

        return k;
    }

    private static CholeskyFactor Factor(double[,] k, int count)
    {
        var factor = new CholeskyFactor();
        Append(factor, k, 0, count);
        return factor;
    }

    private static void Append(CholeskyFactor factor, double[,] k, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            factor.Append([.. Enumerable.Range(0, i + 1).Select(j => k[i, j])], 1e-12);
        }
    }
}
