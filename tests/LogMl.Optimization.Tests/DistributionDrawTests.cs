using CsCheck;
using LogMl.Optimization.Distributions;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Tests;

/// <summary>
/// Draws of the prior: supports, grids and frequencies. The windows are those of hyperopt's tests where a number of draws is named.
/// </summary>
public class DistributionDrawTests
{
    [Fact]
    public void Every_draw_is_in_the_support_of_its_distribution() =>
        Gen.Select(AnyDistribution, Gen.Long).Sample(
            (distribution, seed) =>
            {
                var random = new RandomStream(seed, 0);
                for (var i = 0; i < 200; i++)
                {
                    var value = distribution.Draw(random);
                    Assert.True(distribution.Contains(value), FormattableString.Invariant($"{distribution.Name} gave {value:R}"));
                    Assert.False(distribution.IsInteger && Math.Floor(value) != value);
                }
            },
            iter: 2000);

    [Fact]
    public void Every_draw_of_numbers_lies_between_their_ends() =>
        Gen.Select(AnyDistribution.Where(d => d is NumericDistribution), Gen.Long).Sample(
            (distribution, seed) =>
            {
                var (random, numbers) = (new RandomStream(seed, 0), (NumericDistribution)distribution);
                for (var i = 0; i < 200; i++)
                {
                    Assert.InRange(distribution.Draw(random), numbers.Lowest, numbers.Highest);
                }
            },
            iter: 500);

    [Fact]
    public void The_ends_are_the_extreme_values_or_the_bounds()
    {
        Assert.Equal((-5, 10), Ends(Distribution.Uniform(-5, 10)));
        Assert.Equal((0, 12), Ends(Distribution.QUniform(0, 11, 4)));
        Assert.Equal((1, 16), Ends(Distribution.UniformInt(1, 16)));
        Assert.Equal((0, 20), Ends(Distribution.QLogUniform(0, 3, 2)));
        Assert.Equal((-3, 4), Ends(Distribution.RandInt(-3, 5)));
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), Ends(Distribution.Normal(4, 7)));
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), Ends(Distribution.QNormal(0, 10, 2)));
        Assert.Equal((0, double.PositiveInfinity), Ends(Distribution.LogNormal(-2, 2)));
        (var low, var high) = Ends(Distribution.LogUniform(-7, 0));
        Assert.Equal(Math.Exp(-7), low, 1e-15);
        Assert.Equal(1, high);
    }

    [Fact]
    public void Uniform_and_loguniform_fill_ten_bins_evenly()
    {
        var plain = Histogram(Draws(Distribution.Uniform(0, 10), 1000), 0, 10);
        var log = Histogram(Draws(Distribution.LogUniform(-2, 2), 1000).Select(x => Math.Log(x)), -2, 2);
        Assert.All(plain.Concat(log), count => Assert.InRange(count, 71, 129));
    }

    [Fact]
    public void Qloguniform_gives_even_values_with_falling_frequency()
    {
        var counts = Count(Draws(Distribution.QLogUniform(Math.Log(1.01), Math.Log(20), 2), 1000));
        Assert.All(counts.Keys, value => Assert.Equal(0, value % 2));
        Assert.Equal(2, counts.Keys.Min());
        Assert.Equal(20, counts.Keys.Max());
        Assert.True(counts[2] > counts[4] && counts[4] > counts[6] && counts[6] > counts[8]);
    }

    [Fact]
    public void Quniform_rounds_to_a_grid_that_may_reach_over_its_bounds()
    {
        var counts = Count(Draws(Distribution.QUniform(-4.999, 5, 1), 1000));
        Assert.Equal(Enumerable.Range(-5, 11).Select(i => (double)i), counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.InRange(count, 41, 124));
        Assert.Equal([0, 4, 8, 12], Count(Draws(Distribution.QUniform(0, 11, 4), 1000)).Keys.Order());
        Assert.Equal([0, 3, 6, 9], Count(Draws(Distribution.QUniform(0, 10, 3), 1000)).Keys.Order());
    }

    [Fact]
    public void Uniformint_gives_its_bounds_half_the_share_of_an_inner_value()
    {
        var counts = Count(Draws(Distribution.UniformInt(0, 3), 60_000));
        Assert.Equal([0, 1, 2, 3], counts.Keys.Order());
        Close.To([1 / 6.0, 1 / 3.0, 1 / 3.0, 1 / 6.0], counts.OrderBy(c => c.Key).Select(c => c.Value / 60_000.0), 0.01);
        Assert.Equal([0, 1, 2, 3, 4], Count(Draws(Distribution.UniformInt(0.2, 3.9), 1000)).Keys.Order());
    }

    [Fact]
    public void Randint_excludes_its_upper_bound_and_treats_all_values_alike()
    {
        var one = Count(Draws(Distribution.RandInt(5), 1000));
        Assert.Equal([0, 1, 2, 3, 4], one.Keys.Order());
        Assert.All(one.Values, count => Assert.InRange(count, 100, 300));

        var two = Count(Draws(Distribution.RandInt(5, 15), 10_000));
        Assert.Equal(Enumerable.Range(5, 10).Select(i => (double)i), two.Keys.Order());
        Assert.All(two.Values, count => Assert.InRange(count, 900, 1100));
    }

    [Fact]
    public void Randint_reaches_integers_that_32_bits_do_not_hold()
    {
        const long Limit = 1L << 53;
        var draws = Draws(Distribution.RandInt(-Limit, Limit), 1000);
        Assert.All(draws, value => Assert.Equal(value, (long)value));
        Assert.Contains(draws, value => value % 2 != 0);
        Assert.Contains(draws, value => value > Limit / 2);
        Assert.Contains(draws, value => value < -Limit / 2);
        Assert.Equal([Limit - 1], Count(Draws(Distribution.RandInt(Limit - 1, Limit), 10)).Keys);
    }

    [Fact]
    public void Pchoice_follows_its_probabilities_and_choice_is_even()
    {
        var counts = Count(Draws(Distribution.PChoice((0.14, "a"), (0.02, "b"), (0.84, "c")), 1000));
        Assert.InRange(counts[0], 121, 159);
        Assert.InRange(counts[1], 1, 39);
        Assert.InRange(counts[2], 801, 899);
        Assert.All(Count(Draws(Distribution.Choice("a", "b", "c", "d"), 10_000)).Values, count => Assert.InRange(count, 2300, 2700));
    }

    [Fact]
    public void Nested_pchoices_multiply_their_probabilities()
    {
        var space = new SearchSpace
        {
            ["outer"] = Distribution.PChoice(
                (0.25, "plain"),
                (0.75, new Branch("deep", new SearchSpace { ["inner"] = Distribution.PChoice((0.2, "a"), (0.8, "b")) }))),
        };
        var study = TestSpaces.NewStudy(space, Samplers.Random(3));
        study.Optimize(_ => 0, 4000);
        Assert.InRange(study.Trials.Count(t => !t.IsActive("inner")), 900, 1100);
        Assert.InRange(study.Trials.Count(t => t.IsActive("inner") && t.GetIndex("inner") == 0), 510, 690);
    }

    [Fact]
    public void An_option_with_probability_zero_is_never_drawn() =>
        Assert.Equal([1, 3], Count(Draws(Distribution.PChoice((0, 0), (0.5, 1), (0, 2), (0.5, 3), (0, 4)), 10_000)).Keys.Order());

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-3, 0.5)]
    public void The_normal_family_has_its_moments(double mu, double sigma)
    {
        AssertMoments(Draws(Distribution.Normal(mu, sigma), 100_000), mu, sigma);
        AssertMoments(Draws(Distribution.LogNormal(mu, sigma), 100_000).Select(x => Math.Log(x)), mu, sigma);
        Assert.All(Draws(Distribution.QNormal(mu, sigma, 0.25), 1000), value => Assert.Equal(0, value % 0.25));
        var quantised = Draws(Distribution.QLogNormal(mu, sigma, 0.5), 1000);
        Assert.Equal(0, quantised.Min());
        Assert.All(quantised, value => Assert.Equal(0, value % 0.5));
    }

    [Fact]
    public void A_distribution_contains_its_grid_and_nothing_else()
    {
        Assert.True(Distribution.QUniform(0, 1, 0.1).Contains(3 * 0.1));
        Assert.False(Distribution.QUniform(0, 1, 0.1).Contains(0.31));
        Assert.True(Distribution.Uniform(0, 1).Contains(0));
        Assert.True(Distribution.Uniform(0, 1).Contains(1));
        Assert.False(Distribution.Uniform(0, 1).Contains(Math.BitIncrement(1)));
        Assert.True(Distribution.UniformInt(1, 4).Contains(4));
        Assert.False(Distribution.UniformInt(1, 4).Contains(5));
        Assert.False(Distribution.RandInt(1, 4).Contains(4));
        Assert.False(Distribution.RandInt(1, 4).Contains(1.5));
        Assert.False(Distribution.Choice(1, 2).Contains(2));
        Assert.False(Distribution.LogNormal(0, 1).Contains(0));
        Assert.True(Distribution.QLogNormal(0, 1, 1).Contains(0));
        foreach ((var name, var distribution) in TestSpaces.AllDistributions())
        {
            Assert.False(distribution.Contains(double.NaN));
            Assert.False(distribution.Contains(double.PositiveInfinity));
            Assert.Equal(name is "normal" or "qnormal", distribution.Contains(-1e9));
        }
    }

    [Fact]
    public void A_number_that_misses_a_value_only_by_rounding_means_that_value()
    {
        Assert.Equal(3 * 0.1, Distribution.QUniform(0, 1, 0.1).ValueOf(0.3));
        Assert.Null(Distribution.QUniform(0, 1, 0.1).ValueOf(0.31));
        Assert.Null(Distribution.QUniform(0, 1, 0.1).ValueOf(1.1));

        // The logarithms of 0.001 and 0.1 with eleven and with ten digits, rounded so that both lie outside.
        var log = Distribution.LogUniform(-6.9077552789, -2.302585093);
        Assert.Equal([log.Lowest, log.Highest], [log.ValueOf(0.001), log.ValueOf(0.1)]);
        Assert.Null(log.ValueOf(0.00099999));
        Assert.Equal(1, Distribution.Uniform(0, 1).ValueOf(Math.BitIncrement(1)));
        Assert.Null(Distribution.Uniform(0, 1).ValueOf(-1e-300));
        Assert.Null(Distribution.LogNormal(0, 1).ValueOf(0));
        Assert.Null(Distribution.RandInt(1, 4).ValueOf(4));
        Assert.All(TestSpaces.AllDistributions(), pair => Assert.Null(pair.Value.ValueOf(double.NaN)));
        Assert.All(TestSpaces.AllDistributions(), pair => Assert.Null(pair.Value.ValueOf(double.PositiveInfinity)));
    }

    // Bounds of all magnitudes, also ones whose difference is the last bit.
    internal static readonly Gen<Distribution> AnyDistribution = CreateGenerator();

    private static Gen<Distribution> CreateGenerator()
    {
        var location = Gen.OneOf(Gen.Double[-10, 10], Gen.Double[-1e9, 1e9], Gen.Int[-5, 5].Select(i => (double)i));
        var width = Gen.OneOf(Gen.Double[0.001, 10], Gen.Const(1.0), Gen.Const(1e-12), Gen.Double[1, 1e6]);
        Gen<(double Low, double High)> bounds = Gen.Select(location, width)
            .Select((low, w) => (low, low + w > low ? low + w : Math.BitIncrement(low)));
        Gen<(double Low, double High)> logBounds = Gen.Select(Gen.Double[-700, 600], Gen.OneOf(Gen.Double[0.001, 100], Gen.Const(1e-12)))
            .Select((low, w) => (low, low + w > low ? low + w : Math.BitIncrement(low)));
        var q = Gen.OneOf(Gen.Double[0.001, 10], Gen.Const(1.0), Gen.Const(0.1));
        var mu = Gen.Double[-500, 500];
        var sigma = Gen.OneOf(Gen.Double[0.001, 10], Gen.Double[1, 500]);
        var integer = Gen.Long[-(1L << 52), 1L << 52];
        return Gen.OneOf(
            bounds.Select(b => (Distribution)Distribution.Uniform(b.Low, b.High)),
            Gen.Select(bounds, q).Select((b, step) => (Distribution)Distribution.QUniform(b.Low, b.High, step)),
            bounds.Select(b => (Distribution)Distribution.UniformInt(b.Low, b.High)),
            logBounds.Select(b => (Distribution)Distribution.LogUniform(b.Low, b.High)),
            Gen.Select(logBounds, q).Select((b, step) => (Distribution)Distribution.QLogUniform(b.Low, b.High, step)),
            Gen.Select(mu, sigma).Select((m, s) => (Distribution)Distribution.Normal(m, s)),
            Gen.Select(mu, sigma, q).Select((m, s, step) => (Distribution)Distribution.QNormal(m, s, step)),
            Gen.Select(mu, sigma).Select((m, s) => (Distribution)Distribution.LogNormal(m, s)),
            Gen.Select(mu, sigma, q).Select((m, s, step) => (Distribution)Distribution.QLogNormal(m, s, step)),
            Gen.Select(integer, Gen.Long[1, 1L << 52]).Select((low, count) => (Distribution)Distribution.RandInt(low, low + count)),
            Gen.Int[1, 9].Select(n => (Distribution)Distribution.Choice(new object?[n])),
            Gen.Int[1, 9].Select(n => (Distribution)Distribution.PChoice(
                [.. Enumerable.Range(1, n).Select(i => (2.0 * i / (n * (n + 1)), (object?)i))])));
    }

    private static (double Low, double High) Ends(NumericDistribution distribution) => (distribution.Lowest, distribution.Highest);

    private static double[] Draws(Distribution distribution, int count)
    {
        var random = new RandomStream(124, 0);
        var draws = new double[count];
        for (var i = 0; i < count; i++)
        {
            draws[i] = distribution.Draw(random);
        }

        return draws;
    }

    private static int[] Histogram(IEnumerable<double> values, double low, double high)
    {
        var counts = new int[10];
        foreach (var value in values)
        {
            counts[(int)((value - low) / (high - low) * 10)]++;
        }

        return counts;
    }

    private static Dictionary<double, int> Count(IEnumerable<double> values) => values.CountBy(x => x).ToDictionary();

    private static void AssertMoments(IEnumerable<double> values, double mu, double sigma)
    {
        double[] all = [.. values];
        var mean = all.Average();
        Close.To(mu, mean, 0.02 * sigma);
        Close.To(sigma, Math.Sqrt(all.Average(x => (x - mean) * (x - mean))), 0.02 * sigma);
        Close.To(0.6827, all.Count(x => Math.Abs(x - mu) < sigma) / (double)all.Length, 0.01);
    }
}
