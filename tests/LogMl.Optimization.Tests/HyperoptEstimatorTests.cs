using CsCheck;
using LogMl.Optimization.Distributions;
using LogMl.Optimization.HyperoptTpe;
using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tests;

/// <summary>
/// The draws of an estimator follow its density, for the mixtures and bounds of hyperopt's test_tpe.py and for random ones.
/// </summary>
public class HyperoptEstimatorTests
{
    private const int Samples = 40_000;

    public static TheoryData<string, double, double, double> Quantised
    {
        get
        {
            var cases = new TheoryData<string, double, double, double>();
            foreach (var q in new[] { 1, 2, 0.5, 0.125 })
            {
                cases.Add("qnormal", 0, 0, q);
                cases.Add("qlognormal", 0, 0, q);
                foreach ((var low, var high) in new[] { (2.0, 4.0), (1, 4.1), (2, 4.1), (0.3, 3) })
                {
                    cases.Add("quniform", low, high, q);
                    cases.Add("qloguniform", low, high, q);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Quantised))]
    public void Quantised_draws_are_on_the_grid_and_follow_the_probabilities(string name, double low, double high, double q)
    {
        NumericDistribution prior = name switch
        {
            "quniform" => Distribution.QUniform(low, high, q),
            "qloguniform" => Distribution.QLogUniform(low, high, q),
            "qnormal" => Distribution.QNormal(0, 1, q),
            _ => Distribution.QLogNormal(0, 1, q),
        };
        Estimator estimator = Mixture(prior);
        double total = 0;
        foreach ((var value, var count) in Draw(estimator).CountBy(x => x))
        {
            Assert.True(prior.Contains(value), FormattableString.Invariant($"{value:R}"));
            var probability = Math.Exp(estimator.LogDensity(value));
            total += probability;
            Close.To(probability, count / (double)Samples, 0.012);
        }

        // All that was not drawn is rare. The lognormal mixture has a heavy tail of rare values.
        Assert.InRange(total, prior.IsLog ? 0.9 : 0.99, 1 + 1e-9);
    }

    [Theory]
    [InlineData("uniform", 2.5, 3.5)]
    [InlineData("uniform", 2, 4)]
    [InlineData("uniform", 1, 4.1)]
    [InlineData("uniform", -40, -30)]
    [InlineData("loguniform", 2, 4)]
    [InlineData("loguniform", -2, 1)]
    [InlineData("normal", -4, 10)]
    [InlineData("lognormal", -4, 6)]
    public void Continuous_draws_follow_the_density(string name, double low, double high)
    {
        NumericDistribution prior = name switch
        {
            "uniform" => Distribution.Uniform(low, high),
            "loguniform" => Distribution.LogUniform(low, high),
            "normal" => Distribution.Normal(0, 1),
            _ => Distribution.LogNormal(0, 1),
        };
        var mixture = NewMixture(prior);
        var estimator = new NumericEstimator(prior, mixture);
        var draws = Draw(estimator);
        Assert.All(draws, x => Assert.True(prior.Contains(x)));

        // The log families leave the mass inside the bounds out of their density, as hyperopt does.
        var correction = prior.IsLog ? Math.Exp(-mixture.LogAcceptance) : 1;
        double Density(double x) => Math.Exp(prior.IsLog ? estimator.LogDensity(Math.Exp(x)) + x : estimator.LogDensity(x));
        const int Bins = 20;
        var lawDraws = prior.IsLog ? [.. draws.Select(x => Math.Log(x))] : draws;
        for (var bin = 0; bin < Bins; bin++)
        {
            var a = low + bin * (high - low) / Bins;
            var b = low + (bin + 1) * (high - low) / Bins;
            Close.To(correction * Integrate(Density, a, b), lawDraws.Count(x => x >= a && x < b) / (double)Samples, 0.012);
        }
    }

    [Fact]
    public void Counting_draws_follow_the_probabilities_which_sum_to_one()
    {
        foreach (var prior in new Distribution[]
        {
            Distribution.RandInt(3, 8),
            Distribution.Choice(0, 1, 2, 3, 4, 5, 6, 7),
            Distribution.PChoice([.. Enumerable.Range(0, 8).Select(k => ((k + 1) / 36.0, (object?)k))]),
        })
        {
            var estimator = new CategoricalEstimator(prior, [4, 7, 4, 5, 4], [0.25, 0.5, 1, 1, 1], priorWeight: 0.7);
            var counts = Draw(estimator).CountBy(x => x).ToDictionary();
            Close.To(1, counts.Keys.Sum(estimator.Probability), 1e-12);
            Assert.All(counts, c => Close.To(estimator.Probability(c.Key), c.Value / (double)Samples, 0.01));
        }
    }

    [Fact]
    public void Counting_takes_no_time_or_memory_for_labels_that_were_never_seen()
    {
        Distribution prior = Distribution.RandInt(1L << 53);
        var estimator = Estimator.Fit(prior, [5, 5, 6], new HyperoptTpeOptions());
        Assert.True(estimator.LogDensity(5) > estimator.LogDensity(6));
        Assert.True(estimator.LogDensity(6) > estimator.LogDensity(7));
        Assert.True(prior.Contains(estimator.Draw(new RandomStream(1, 1))));
    }

    [Fact]
    public void Whatever_was_observed_draws_are_in_the_support_and_densities_are_numbers() =>
        Gen.Select(DistributionDrawTests.AnyDistribution, Gen.Long, Gen.Int[0, 60]).Sample(
            (distribution, seed, count) =>
            {
                var random = new RandomStream(seed, 0);
                double[] observed = [.. Enumerable.Range(0, count).Select(_ => distribution.Draw(random))];
                var estimator = Estimator.Fit(distribution, observed, new HyperoptTpeOptions { PriorWeight = 0.01 });
                for (var i = 0; i < 20; i++)
                {
                    var value = estimator.Draw(random);
                    Assert.True(distribution.Contains(value), FormattableString.Invariant($"{distribution.Name} gave {value:R}"));
                    var density = estimator.LogDensity(value);
                    var message = FormattableString.Invariant($"{distribution.Name}: {density} at {value:R}");
                    Assert.True(density < double.PositiveInfinity, message);
                }
            },
            iter: 1000);

    private static NumericEstimator Mixture(NumericDistribution prior) => new(prior, NewMixture(prior));

    private static NormalMixture NewMixture(NumericDistribution prior) =>
        new([0.1, 0.3, 0.4, 0.2], prior.IsLog ? [-2, 1, 0, 3] : [1, 2, 3, 4], [0.1, 0.4, 0.8, 2], prior.LawLow, prior.LawHigh);

    private static double[] Draw(Estimator estimator)
    {
        var random = new RandomStream(234, 0);
        var draws = new double[Samples];
        for (var i = 0; i < Samples; i++)
        {
            draws[i] = estimator.Draw(random);
        }

        return draws;
    }

    private static double Integrate(Func<double, double> density, double a, double b)
    {
        const int Steps = 500;
        double sum = 0;
        for (var i = 0; i < Steps; i++)
        {
            sum += density(a + (i + 0.5) * (b - a) / Steps);
        }

        return sum * (b - a) / Steps;
    }
}
