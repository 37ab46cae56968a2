using System.Globalization;
using System.Text.Json;
using CsCheck;
using LogMl.Optimization;
using LogMl.Optimization.Distributions;
using LogMl.Optimization.Sampling;
using LogMl.Storage.Encoding;
using LogMl.Storage.Tests.Kit;

namespace LogMl.Storage.Tests;

/// <summary>The twelve distributions in Optuna's JSON.</summary>
public sealed class DistributionJsonTests
{
    private const double OptunasTolerance = 1e-8;

    private static readonly Gen<Distribution> AnyDistribution = Gen.Select(
        Gen.Int[0, 11],
        Gen.Double[-50, 50],
        Gen.Double[0.01, 20],
        Gen.Int[0, 5].Select(i => new[] { 0.1, 0.25, 0.3, 1, 2, 7 }[i])).Select(
        (kind, a, width, q) => (kind, a, b: a + width, q) switch
        {
            (0, _, var b, _) => (Distribution)Distribution.Uniform(a, b),
            (1, _, var b, _) => Distribution.QUniform(a, b, q),
            (2, _, var b, _) => Distribution.UniformInt(Math.Floor(a), Math.Ceiling(b)),
            (3, _, _, _) => Distribution.LogUniform(a / 10, (a / 10) + (width / 10)),
            (4, _, _, _) => Distribution.QLogUniform(a / 10, (a / 10) + (width / 10), q),
            (5, _, _, _) => Distribution.Normal(a, width),
            (6, _, _, _) => Distribution.QNormal(a, width, q),
            (7, _, _, _) => Distribution.LogNormal(a / 10, width / 10),
            (8, _, _, _) => Distribution.QLogNormal(a / 10, width / 10, q),
            (9, _, _, _) => Distribution.RandInt((long)a, (long)a + 1 + (long)width),
            (10, _, _, _) => Distribution.Choice("a", 1.5, true),
            _ => Distribution.PChoice((0.25, "a"), (0.75, null)),
        });

    public static TheoryData<Distribution, string> Table => new()
    {
        { Distribution.Uniform(0, 1), Float("null", "0.0", "1.0") },
        { Distribution.LogUniform(0, 2), Float("null", "1.0", "7.38905609893065", "true") },
        { Distribution.QUniform(0.04, 0.97, 0.1), Float("0.1", "0.0", "1.0") },
        { Distribution.QUniform(0, 0.3, 0.1), Float("0.1", "0.0", "0.3") },
        { Distribution.UniformInt(1, 10), Int(1, 10) },
        { Distribution.RandInt(5), Int(0, 4) },
        { Distribution.RandInt(-3, 1000), Int(-3, 999) },
        { Distribution.QLogUniform(0, 3, 2), Float("2.0", "0.0", "20.0") },
        { Distribution.Normal(1, 2), Float("null", "-7.0", "9.0") },
        { Distribution.QNormal(0, 3, 4), Float("4.0", "-12.0", "12.0") },
        { Distribution.LogNormal(0, 0.25), Float("null", "0.36787944117144233", "2.718281828459045", "true") },
        { Distribution.QLogNormal(0, 0.25, 1), Float("1.0", "0.0", "3.0") },
        { Distribution.Choice("a", null, true, 1.5, 3), """{"name":"CategoricalDistribution","attributes":{"choices":["a",null,true,1.5,3]}}""" },
        { Distribution.PChoice((0.5, DayOfWeek.Monday), (0.5, 1.0)), """{"name":"CategoricalDistribution","attributes":{"choices":["Monday",1.0]}}""" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_distribution_has_its_form(Distribution distribution, string json) =>
        Assert.Equal(json, DistributionJson.Write(distribution));

    [Theory]
    [InlineData(0.0, 20.0, 2.0, 2, 0, 20)]
    [InlineData(-3.4, 9.0, 4.0, 4, -4, 8)]
    [InlineData(0.0, 10.0, 1.0, 1, 0, 10)]
    public void A_grid_of_numbers_that_the_program_takes_for_integers_is_one_of_integers(
        double low, double high, double q, long step, long first, long last) =>
        Assert.Equal(Int(first, last, step), DistributionJson.Write(Distribution.QUniform(low, high, q), isInteger: true));

    [Fact]
    public void Rounded_logarithms_that_the_program_takes_for_integers_have_a_logarithm_where_Optuna_can()
    {
        Assert.Equal(Int(1, 20, log: "true"), DistributionJson.Write(Distribution.QLogUniform(0, 3, 1), isInteger: true));
        Assert.Equal(Int(0, 20), DistributionJson.Write(Distribution.QLogUniform(-3, 3, 1), isInteger: true));
        Assert.Equal(Int(0, 20, step: 2), DistributionJson.Write(Distribution.QLogUniform(0, 3, 2), isInteger: true));
        Assert.Equal(Float("0.5", "0.0", "3.0"), DistributionJson.Write(Distribution.QUniform(0, 3, 0.5), isInteger: true));
    }

    [Fact]
    public void The_JSON_is_strict_with_finite_bounds_in_the_right_order_and_whole_steps() => AnyDistribution.Sample(
        distribution =>
        {
            var text = DistributionJson.Write(distribution);
            using var json = JsonDocument.Parse(text);
            var attributes = json.RootElement.GetProperty("attributes");
            if (distribution is ChoiceDistribution)
            {
                return;
            }

            var (low, high) = (attributes.GetProperty("low").GetDouble(), attributes.GetProperty("high").GetDouble());
            Assert.True(double.IsFinite(low) && double.IsFinite(high) && low <= high, text);
            Assert.True(!attributes.GetProperty("log").GetBoolean() || low > 0, text);
            if (attributes.GetProperty("step").ValueKind == JsonValueKind.Number)
            {
                // As Optuna checks it: with decimal numbers made of the shortest text.
                var step = Decimal(attributes.GetProperty("step").GetDouble());
                Assert.Equal(0, (Decimal(high) - Decimal(low)) % step);
            }
        },
        iter: 3000);

    [Theory]
    [InlineData(1e-300, 1.0)]
    [InlineData(700.0, 100.0)]
    [InlineData(-700.0, 100.0)]
    public void Extreme_priors_keep_finite_bounds(double mu, double sigma)
    {
        foreach (var distribution in new[]
        {
            Distribution.Normal(mu, sigma),
            Distribution.LogNormal(mu, sigma),
            Distribution.Normal(mu * 1e300, 1e308)
        })
        {
            using var json = JsonDocument.Parse(DistributionJson.Write(distribution));
            var attributes = json.RootElement.GetProperty("attributes");
            Assert.True(double.IsFinite(attributes.GetProperty("low").GetDouble())
                && attributes.GetProperty("high").GetDouble() <= double.MaxValue);
        }
    }

    [Fact]
    public void Every_value_that_a_sampler_draws_lies_in_the_stored_distribution_and_comes_back_to_the_last_digit() =>
        Gen.Select(AnyDistribution, Gen.Int).Sample(
        (distribution, seed) =>
        {
            var study = new Study(new SearchSpace { ["x"] = distribution }, new StudyOptions { Sampler = Samplers.Random(seed) });
            var points = new PointEncoding(study.Parameters, []);
            for (var i = 0; i < 30; i++)
            {
                var value = study.Ask().Values["x"];
                var record = Assert.Single(points.Write(new Dictionary<string, double> { ["x"] = value }));
                using var json = JsonDocument.Parse(record.DistributionJson);
                var attributes = json.RootElement.GetProperty("attributes");
                var stored = record.Value;
                Assert.Equal(value, distribution.ValueOf(stored));
                if (distribution is ChoiceDistribution choice)
                {
                    Assert.InRange(stored, 0, choice.Options.Count - 1);
                    continue;
                }

                var (low, high) = (attributes.GetProperty("low").GetDouble(), attributes.GetProperty("high").GetDouble());
                Assert.True(low <= stored && stored <= high, FormattableString.Invariant($"{stored:R} is not in {attributes}"));
                if (attributes.GetProperty("step").ValueKind == JsonValueKind.Number)
                {
                    var k = (stored - low) / attributes.GetProperty("step").GetDouble();
                    Assert.True(Math.Abs(k - Math.Round(k)) < OptunasTolerance, FormattableString.Invariant($"{stored:R} is not on the grid of {attributes}"));
                }
            }
        },
        iter: 600);

    private static decimal Decimal(double value) =>
        decimal.Parse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Float(string step, string low, string high, string log = "false") =>
        $$$"""{"name":"FloatDistribution","attributes":{"step":{{{step}}},"low":{{{low}}},"high":{{{high}}},"log":{{{log}}}}}""";

    private static string Int(long low, long high, long step = 1, string log = "false") =>
        $$$"""{"name":"IntDistribution","attributes":{"log":{{{log}}},"step":{{{step}}},"low":{{{low}}},"high":{{{high}}}}}""";
}
