using CsCheck;
using LogMl.Optimization.Distributions;
using LogMl.Shared;

namespace LogMl.Optimization.Tests;

/// <summary>Log families by values instead of logarithms.</summary>
public class NaturalBoundsTests
{
    [Fact]
    public void A_log_uniform_range_has_the_bounds_that_were_given() =>
        Gen.Select(Gen.Double[-305, 305], Gen.Double[-305, 305]).Where((a, b) => Math.Abs(a - b) > 1e-6).Sample(
            (a, b) =>
            {
                var low = Math.Pow(10, Math.Min(a, b));
                var high = Math.Pow(10, Math.Max(a, b));
                var range = Distribution.LogUniformBetween(low, high);

                Assert.Equal("loguniform", range.Name);
                Assert.Equal((low, high), (range.Lowest, range.Highest));
                Assert.InRange(range.ValueOf(low)!.Value, low, high);
                Assert.InRange(range.ValueOf(high)!.Value, low, high);
                Assert.Null(range.ValueOf(low * (1 - 1e-8)));
                Assert.Null(range.ValueOf(high * (1 + 1e-8)));
            },
            iter: 10_000);

    [Fact]
    public void A_value_at_a_bound_is_the_bound_as_it_was_written() =>
        Gen.Select(Gen.Int[1, 9999], Gen.Int[-12, 12], Gen.Int[1, 9999], Gen.Int[-12, 12]).Sample((a, powerA, b, powerB) =>
        {
            var (one, other) = (Number(a, powerA), Number(b, powerB));
            if (one == other)
            {
                return;
            }

            var (low, high) = (Math.Min(one, other), Math.Max(one, other));
            var logarithmic = Distribution.LogUniformBetween(low, high);

            // A space that is read again has the logarithms alone.
            var read = Distribution.LogUniform(logarithmic.Low, logarithmic.High);
            foreach (var range in (NumericDistribution[])[logarithmic, read, Distribution.Uniform(low, high)])
            {
                Assert.Equal((low, high), (range.Lowest, range.Highest));
                var axis = Axis.UniformScaled(range);
                Assert.Equal((low, high), (axis.ToValue(0), axis.ToValue(1)));
                Assert.Equal((low, high), (axis.ToValue(-0.1), axis.ToValue(1.1)));
                Assert.Equal(0, axis.ToCoordinate(low), 1e-12);
                Assert.Equal(1, axis.ToCoordinate(high), 1e-12);
                Assert.Equal((low, high), (range.ValueOf(low), range.ValueOf(high)));

                // What was stored at a bound when it was an exponential is a value as before.
                foreach (var near in (double[])[Math.BitIncrement(low), Math.BitDecrement(high)])
                {
                    Assert.Equal(near, range.ValueOf(near));
                }
            }

            static double Number(int digits, int power) => double.Parse(
                FormattableString.Invariant($"{digits}e{power}"), System.Globalization.CultureInfo.InvariantCulture);
        });

    [Fact]
    public void A_quantised_value_at_a_bound_is_the_bound_and_not_a_product_beyond_it()
    {
        foreach (var quanta in Enumerable.Range(1, 999))
        {
            var high = quanta / 10.0;
            foreach (var range in (NumericDistribution[])[Distribution.QUniform(0, high, 0.1), Distribution.QUniform(-high, 0, 0.1)])
            {
                var bound = range.Lowest == 0 ? high : -high;
                Assert.Equal((Math.Min(0, bound), Math.Max(0, bound)), (range.Lowest, range.Highest));
                Assert.True(range.Contains(bound));
                Assert.Equal(bound, Axis.UniformScaled(range).ToValue(bound > 0 ? 1 : 0));
                Assert.Equal(bound, range.ValueOf(Math.Round(bound / 0.1) * 0.1));
                Assert.Equal(1, range.Cdf(range.Highest));
                Assert.Equal(range.Highest, range.Quantile(1));
            }
        }
    }

    public static TheoryData<string> SamplerNames => AllSamplers.Names;

    /// <summary>The best value is at the lower bound in one half of the studies, at the upper one in the other.</summary>
    [Theory]
    [MemberData(nameof(SamplerNames))]
    public void No_value_is_outside_of_a_log_uniform_range_as_it_was_given(string sampler)
    {
        foreach ((var low, var high) in ((double, double)[])[(0.0001, 1), (3e-7, 0.7), (1e-12, 1e12), (0.001, 0.003), (7, 999)])
        {
            foreach (var sign in (int[])[1, -1])
            {
                var study = TestSpaces.NewStudy(
                    new SearchSpace { ["x"] = Distribution.LogUniformBetween(low, high) }, AllSamplers.Create(sampler, 1));
                study.Enqueue(new Dictionary<string, double> { ["x"] = low });
                study.Enqueue(new Dictionary<string, double> { ["x"] = high });
                for (var i = 0; i < 40 && study.TryAsk() is { } trial; i++)
                {
                    var value = trial.GetDouble("x");
                    Assert.InRange(value, low, high);
                    study.Tell(trial, sign * Math.Log(value));
                }
            }
        }
    }

    [Fact]
    public void The_logarithms_of_written_bounds_are_the_nearest_inside() =>
        Gen.OneOf(
            Gen.Double[-12, 12].Select(power => Math.Pow(10, power)),
            Gen.Double[-307, 307].Select(power => Math.Pow(10, power)),
            Gen.Double[-1e-6, 1e-6].Select(offset => 1 + offset),
            Gen.Int[1, 1000].Select(whole => (double)whole),
            Gen.Int[1, 1000].Select(whole => whole * double.Epsilon)).Sample(
            x =>
            {
                var low = WrittenBound.LowLogarithm(x);
                var high = WrittenBound.HighLogarithm(x);

                Assert.True(PortableMath.Exp(low) >= x && PortableMath.Exp(high) <= x);
                Assert.True(PortableMath.Exp(Math.BitDecrement(low)) is var lower && (lower < x || lower == PortableMath.Exp(low)));
                Assert.True(PortableMath.Exp(Math.BitIncrement(high)) is var higher && (higher > x || higher == PortableMath.Exp(high)));
                Assert.Equal(PortableMath.Log(x), low, 1e-12);
                Assert.Equal(PortableMath.Log(x), high, 1e-12);
            },
            iter: 100_000);

    [Theory]
    [InlineData(16, 1024, 16)]
    [InlineData(0.1, 10, 0.1)]
    public void A_quantised_log_uniform_range_has_the_bounds_that_were_given(double low, double high, double q)
    {
        var range = Distribution.QLogUniformBetween(low, high, q);

        Assert.Equal("qloguniform", range.Name);
        Assert.Equal((low, high, q), (range.Lowest, range.Highest, range.Quantum));
        Assert.True(range.Contains(low) && range.Contains(high));
    }

    [Fact]
    public void A_log_normal_distribution_has_the_median_and_the_factor_that_were_given()
    {
        foreach (var distribution in
            (NormalDistribution[])[Distribution.LogNormalAround(0.01, 3), Distribution.QLogNormalAround(0.01, 3, 1e-9)])
        {
            var study = TestSpaces.NewStudy(new SearchSpace { ["x"] = distribution }, Samplers.Qmc(1));
            double[] values = [.. Enumerable.Range(0, 1024).Select(_ => study.Ask().GetDouble("x")).Order()];

            Assert.InRange(values[512], 0.0098, 0.0102);
            Assert.InRange(values.Count(value => value is > 0.01 / 3 and < 0.01 * 3) / 1024.0, 0.67, 0.69);
        }
    }

    [Fact]
    public void Bounds_that_have_no_logarithm_are_refused()
    {
        Error.Says<ArgumentException>("low must be in", () => Distribution.LogUniformBetween(0, 1));
        Error.Says<ArgumentException>("low must be in", () => Distribution.LogUniformBetween(-1, 1));
        Error.Says<ArgumentException>("high must be in", () => Distribution.LogUniformBetween(1, double.PositiveInfinity));
        Error.Says<ArgumentException>("low must be less than high", () => Distribution.QLogUniformBetween(2, 1, 1));
        Error.Says<ArgumentException>("median must be", () => Distribution.LogNormalAround(0, 2));
        Error.Says<ArgumentException>("factor must be", () => Distribution.QLogNormalAround(1, 1, 1));
    }
}
