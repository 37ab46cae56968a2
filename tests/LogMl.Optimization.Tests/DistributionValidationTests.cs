using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tests;

/// <summary>Every wrong argument gets an exception that names the parameter, the value and what is allowed.</summary>
public class DistributionValidationTests
{
    public static TheoryData<string, Func<Distribution>, string[]> Wrong => new()
    {
        { "low above high", () => Distribution.Uniform(5, 1), ["low", "high", "5", "1"] },
        { "high is zero", () => Distribution.Uniform(1, 0), ["low", "high", "1", "0"] },
        { "low is zero", () => Distribution.Uniform(0, -3), ["low", "high", "0", "-3"] },
        { "equal bounds", () => Distribution.Uniform(2.5, 2.5), ["low", "high", "2.5"] },
        { "equal bounds at zero", () => Distribution.LogUniform(0, 0), ["low", "high", "0"] },
        { "quniform bounds", () => Distribution.QUniform(1, 0, 1), ["low", "high"] },
        { "qloguniform bounds", () => Distribution.QLogUniform(1, 0, 1), ["low", "high"] },
        { "uniformint bounds", () => Distribution.UniformInt(3, 3), ["low", "high", "3"] },
        { "NaN", () => Distribution.Uniform(double.NaN, 1), ["low", "finite", "NaN"] },
        { "infinity", () => Distribution.Uniform(0, double.PositiveInfinity), ["high", "finite", "Infinity"] },
        { "range that is no double", () => Distribution.Uniform(-1e308, 1e308), ["high - low", "finite"] },
        { "q zero", () => Distribution.QUniform(0, 1, 0), ["q", "positive", "0"] },
        { "q negative", () => Distribution.QNormal(0, 1, -2), ["q", "positive", "-2"] },
        { "q NaN", () => Distribution.QLogNormal(0, 1, double.NaN), ["q", "positive", "NaN"] },
        { "q too small", () => Distribution.QUniform(0, 1, 1e-300), ["2^53", "q = 1E-300"] },
        { "bounds beyond exact integers", () => Distribution.UniformInt(0, 1e17), ["2^53", "1E+17"] },
        { "bounds instead of their logarithms", () => Distribution.LogUniform(1, 1000), ["logarithms", "709", "1000"] },
        { "sigma zero", () => Distribution.Normal(0, 0), ["sigma", "positive", "0"] },
        { "sigma negative", () => Distribution.LogNormal(0, -1.5), ["sigma", "positive", "-1.5"] },
        { "mu infinite", () => Distribution.Normal(double.NegativeInfinity, 1), ["mu", "finite", "-Infinity"] },
        { "randint of nothing", () => Distribution.RandInt(0), ["low", "high", "0"] },
        { "randint bounds", () => Distribution.RandInt(5, 5), ["low", "high", "5"] },
        { "randint beyond exact integers", () => Distribution.RandInt(long.MaxValue), ["2^53", "9223372036854775807"] },
        { "no options", () => Distribution.Choice(), ["choice", "at least one option"] },
        { "no options with probabilities", () => Distribution.PChoice(), ["pchoice", "at least one option"] },
        { "sum of probabilities", () => Distribution.PChoice((0.5, 1), (0.4, 2)), ["sum to 1", "0.9"] },
        { "negative probability", () => Distribution.PChoice((1.5, 1), (-0.5, 2)), ["[0, 1]", "option 0", "1.5"] },
        { "probability NaN", () => Distribution.PChoice((1, 1), (double.NaN, 2)), ["[0, 1]", "option 1", "NaN"] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_argument_is_refused_with_its_name_and_value(string what, Func<Distribution> create, string[] words)
    {
        var error = Assert.ThrowsAny<ArgumentException>(create);
        Assert.All(words, word => Assert.True(error.Message.Contains(word, StringComparison.Ordinal), $"{what}: {error.Message}"));
    }

    [Fact]
    public void Messages_do_not_depend_on_the_culture()
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo("de-DE");
            Error.Says<ArgumentException>("2.5", () => Distribution.Uniform(2.5, 1.25));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Probabilities_may_miss_one_by_rounding() =>
        Assert.Equal(3, Distribution.PChoice((0.333333, 1), (0.333333, 2), (0.333334, 3)).Options.Count);

    [Fact]
    public void Options_of_tpe_are_checked_too()
    {
        foreach ((var options, var name) in new[]
        {
            (new HyperoptTpeOptions { StartupTrials = -1 }, "StartupTrials"),
            (new HyperoptTpeOptions { Gamma = 0 }, "Gamma"),
            (new HyperoptTpeOptions { Gamma = double.NaN }, "Gamma"),
            (new HyperoptTpeOptions { Candidates = 0 }, "Candidates"),
            (new HyperoptTpeOptions { PriorWeight = 0 }, "PriorWeight"),
            (new HyperoptTpeOptions { LinearForgetting = 0 }, "LinearForgetting"),
        })
        {
            Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(() => Samplers.HyperoptTpe(1, options)).ParamName);
        }
    }
}
