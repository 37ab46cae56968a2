using CsCheck;
using LogMl.Optimization.Distributions;
using MathNet.Numerics.Distributions;

namespace LogMl.Optimization.Tests;

/// <summary>Pdf, Pmf, Cdf and Quantile, against MathNet.Numerics where it has the law.</summary>
public class DistributionFunctionTests
{
    private static readonly double[] Probabilities = [1e-12, 1e-3, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999, 1 - 1e-9];

    public static TheoryData<string> Names => new(TestSpaces.AllDistributions().Select(pair => pair.Key));

    [Fact]
    public void Continuous_distributions_agree_with_MathNet()
    {
        AssertAgrees(Distribution.Uniform(-5, 10), new ContinuousUniform(-5, 10));
        AssertAgrees(Distribution.Normal(4, 7), new Normal(4, 7));
        AssertAgrees(Distribution.LogNormal(-2, 2), new LogNormal(-2, 2));
        AssertAgrees(Distribution.LogNormalAround(0.01, 3), new LogNormal(Math.Log(0.01), Math.Log(3)));

        static void AssertAgrees(NumericDistribution ours, IContinuousDistribution oracle)
        {
            foreach (var p in Probabilities)
            {
                var value = InverseCdf(oracle, p);
                AssertRelative(value, ours.Quantile(p), 1e-9);
                AssertRelative(oracle.CumulativeDistribution(value), ours.Cdf(value), 1e-9);
                AssertRelative(oracle.Density(value), ours.Pdf(value), 1e-9);
                Assert.Equal(0, ours.Pmf(value));
            }
        }
    }

    [Fact]
    public void A_log_uniform_distribution_is_uniform_in_the_logarithm()
    {
        var distribution = Distribution.LogUniform(-7, 2);
        var oracle = new ContinuousUniform(-7, 2);
        foreach (var p in Probabilities)
        {
            var value = Math.Exp(oracle.InverseCumulativeDistribution(p));
            AssertRelative(value, distribution.Quantile(p), 1e-12);
            AssertRelative(oracle.CumulativeDistribution(Math.Log(value)), distribution.Cdf(value), 1e-3);
            AssertRelative(oracle.Density(Math.Log(value)) / value, distribution.Pdf(value), 1e-12);
        }
    }

    [Fact]
    public void Integers_and_options_agree_with_MathNet()
    {
        AssertAgrees(Distribution.RandInt(-3, 8), new DiscreteUniform(-3, 7));
        AssertAgrees(Distribution.PChoice((0.2, "a"), (0, "b"), (0.5, "c"), (0.3, "d")), new Categorical([0.2, 0, 0.5, 0.3]));
        AssertAgrees(Distribution.Choice("a", "b", "c"), new Categorical([1, 1, 1]));

        static void AssertAgrees(Distribution ours, IDiscreteDistribution oracle)
        {
            Assert.True(ours.IsDiscrete);
            for (var value = oracle.Minimum - 2; value <= oracle.Maximum + 2; value++)
            {
                var isInside = value >= oracle.Minimum && value <= oracle.Maximum;
                Assert.Equal(isInside ? oracle.Probability(value) : 0, ours.Pmf(value), 1e-15);
                Assert.Equal(0, ours.Pmf(value + 0.5));
                var cdf = value < oracle.Minimum ? 0 : oracle.CumulativeDistribution(Math.Min(value, oracle.Maximum));
                Assert.Equal(cdf, ours.Cdf(value), 1e-14);
                Assert.Equal(cdf, ours.Cdf(value + 0.5), 1e-14);
            }
        }
    }

    [Fact]
    public void A_rounded_value_has_the_mass_of_all_that_is_rounded_to_it()
    {
        AssertCells(Distribution.QNormal(0, 10, 2), x => Normal.CDF(0, 10, x), Enumerable.Range(-40, 81).Select(k => 2.0 * k));
        AssertCells(
            Distribution.QLogNormal(0, 2, 1), x => x <= 0 ? 0 : LogNormal.CDF(0, 2, x), Enumerable.Range(0, 200).Select(k => (double)k));
        AssertCells(Distribution.QUniform(0, 11, 4), x => ContinuousUniform.CDF(0, 11, x), [0, 4, 8, 12]);
        AssertCells(Distribution.UniformInt(1, 16), x => ContinuousUniform.CDF(1, 16, x), Enumerable.Range(1, 16).Select(k => (double)k));
        AssertCells(
            Distribution.QLogUniform(0, 3, 2),
            x => ContinuousUniform.CDF(0, 3, Math.Log(Math.Max(x, 1))),
            Enumerable.Range(0, 11).Select(k => 2.0 * k));

        static void AssertCells(NumericDistribution distribution, Func<double, double> cdf, IEnumerable<double> values)
        {
            var q = distribution.Quantum!.Value;
            foreach (var value in values)
            {
                Assert.Equal(cdf(value + q / 2) - cdf(value - q / 2), distribution.Pmf(value), 1e-9);
                Assert.Equal(value == distribution.Highest ? 1 : cdf(value + q / 2), distribution.Cdf(value), 1e-9);
                Assert.Equal(distribution.Cdf(value), distribution.Cdf(value + 0.9 * q), 1e-12);
                Assert.Equal(0, distribution.Pmf(value + 0.9 * q));
            }
        }
    }

    [Fact]
    public void The_ends_of_a_uniform_integer_have_half_the_probability()
    {
        var distribution = Distribution.UniformInt(1, 16);

        Assert.Equal(0.5 / 15, distribution.Pmf(1), 1e-15);
        Assert.Equal(1.0 / 15, distribution.Pmf(2), 1e-15);
        Assert.Equal(0.5 / 15, distribution.Pmf(16), 1e-15);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_quantile_is_the_smallest_value_with_that_distribution_function(string name)
    {
        var distribution = TestSpaces.AllDistributions()[name];
        Gen.Double[1e-9, 1 - 1e-9].Sample(
            p =>
            {
                var value = distribution.Quantile(p);
                Assert.True(distribution.Contains(value));
                if (distribution.IsDiscrete)
                {
                    Assert.True(distribution.Cdf(value) >= p);
                    Assert.True(distribution.Cdf(Math.BitDecrement(value)) < p);
                    Assert.Equal(distribution.Cdf(value) - distribution.Cdf(Math.BitDecrement(value)), distribution.Pmf(value), 1e-9);
                    Assert.Equal(value, distribution.Quantile(distribution.Cdf(value)));
                }
                else
                {
                    Assert.Equal(p, distribution.Cdf(value), 1e-9);
                }
            },
            iter: 2000);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Draws_follow_the_distribution_function(string name)
    {
        const int Draws = 4000;
        SearchSpace space = new() { ["x"] = TestSpaces.AllDistributions()[name] };
        var study = TestSpaces.NewStudy(space, Samplers.Qmc(3));
        double[] values = [.. Enumerable.Range(0, Draws).Select(_ => study.Ask().GetDouble("x"))];
        foreach (var value in values.Distinct().Take(50))
        {
            Assert.Equal(values.Count(x => x <= value) / (double)Draws, space["x"].Cdf(value), 0.01);
        }
    }

    [Fact]
    public void Ends_and_what_is_no_number_or_no_value()
    {
        foreach ((var name, var distribution) in TestSpaces.AllDistributions())
        {
            Assert.Equal(double.NaN, distribution.Cdf(double.NaN));
            Assert.Equal(0, distribution.Pmf(double.NaN));
            Assert.Equal(0, distribution.Cdf(double.NegativeInfinity));
            Assert.Equal(1, distribution.Cdf(double.PositiveInfinity));
            if (distribution is NumericDistribution number)
            {
                Assert.Equal((number.Lowest, number.Highest), (number.Quantile(0), number.Quantile(1)));
            }

            if (distribution.IsDiscrete)
            {
                Error.Says<InvalidOperationException>($"{distribution.Name} has no density", () => distribution.Pdf(1));
            }
            else
            {
                Assert.Equal(double.NaN, distribution.Pdf(double.NaN));
                Assert.Equal(0, distribution.Pdf(double.PositiveInfinity));
            }

            foreach (var p in (double[])[-0.1, 1.1, double.NaN])
            {
                Error.Says<ArgumentOutOfRangeException>("p must be in [0, 1]", () => distribution.Quantile(p));
            }
        }

        Assert.Equal(0, Distribution.LogNormal(0, 1).Pdf(0));
        Assert.Equal(0, Distribution.Uniform(0, 1).Pdf(-1));
        Assert.Equal((1, 2), (Distribution.PChoice((0, 0), (0.5, 1), (0.5, 2), (0, 3))
            .Quantile(0), Distribution.PChoice((0, 0), (0.5, 1), (0.5, 2), (0, 3)).Quantile(1)));
    }

    private static double InverseCdf(IContinuousDistribution distribution, double p) => distribution switch
    {
        ContinuousUniform uniform => uniform.InverseCumulativeDistribution(p),
        Normal normal => normal.InverseCumulativeDistribution(p),
        LogNormal logNormal => logNormal.InverseCumulativeDistribution(p),
        _ => throw new ArgumentOutOfRangeException(nameof(distribution)),
    };

    private static void AssertRelative(double expected, double actual, double tolerance) =>
        Assert.InRange(Math.Abs(actual - expected), 0, tolerance * Math.Max(Math.Abs(expected), 1e-300));
}
