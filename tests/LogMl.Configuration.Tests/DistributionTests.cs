using System.Globalization;
using CsCheck;
using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using LogMl.Configuration.Reading;
using LogMl.Shared;
using static LogMl.Configuration.Tests.MarkedYaml;

namespace LogMl.Configuration.Tests;

public class DistributionTests
{
    public static TheoryData<string, DistributionKind, double[], ParameterKind> NumericDistributions => new()
    {
        { "['randint', 10]", DistributionKind.RandInt, [10], ParameterKind.Int },
        { "['randint', 2, 10]", DistributionKind.RandInt, [2, 10], ParameterKind.Int },
        { "['uniform', 0.0, 0.5]", DistributionKind.Uniform, [0, 0.5], ParameterKind.Double },
        { "[uniform, -3, 0]", DistributionKind.Uniform, [-3, 0], ParameterKind.Double },
        { "['quniform', 0, 10, 2.5]", DistributionKind.QUniform, [0, 10, 2.5], ParameterKind.Double },
        { "[\"uniformint\", 2, 1000]", DistributionKind.UniformInt, [2, 1000], ParameterKind.Int },
        { "['uniformint', 2, 1000, 1]", DistributionKind.UniformInt, [2, 1000], ParameterKind.Int },
        { "['uniformint', 1e1, 3.0e+1]", DistributionKind.UniformInt, [10, 30], ParameterKind.Int },
        { "['loguniform', -7, 0]", DistributionKind.LogUniform, [-7, 0], ParameterKind.Double },
        { "['qloguniform', 0, 3, 1]", DistributionKind.QLogUniform, [0, 3, 1], ParameterKind.Double },
        { "['normal', 0, 1e-5]", DistributionKind.Normal, [0, 1e-5], ParameterKind.Double },
        { "['qnormal', -1.5, 2, 0.5]", DistributionKind.QNormal, [-1.5, 2, 0.5], ParameterKind.Double },
        { "['lognormal', 0, 1]", DistributionKind.LogNormal, [0, 1], ParameterKind.Double },
        { "['qlognormal', 0, 1, 1]", DistributionKind.QLogNormal, [0, 1, 1], ParameterKind.Double },
    };

    [Theory]
    [MemberData(nameof(NumericDistributions))]
    public void The_distributions_over_numbers_are_read(string yaml, DistributionKind kind, double[] arguments, ParameterKind type)
    {
        var result = Read(Parameter(null, yaml));

        Assert.Equal(["LOGML0013"], result.Diagnostics.Select(diagnostic => diagnostic.Id));
        var parameter = OnlyParameter(result.Configuration);
        Assert.Equal(new DistributionConfiguration(kind, arguments.ToEquatableArray(), default, default), parameter.Distribution);
        Assert.Equal(new ParameterType(type), parameter.Type);
    }

    [Theory]
    [InlineData("[loguniform, log(0.0001), log(0.1)]", new[] { -9.210340371976182, -2.302585092994046 })]
    [InlineData("[loguniform, 'log( 1e-4 )', -1]", new[] { -9.210340371976182, -1 })]
    [InlineData("[qloguniform, log(16), log(1024), 16]", new[] { 2.772588722239781, 6.931471805599453, 16 })]
    [InlineData("[lognormal, log(0.01), log(3)]", new[] { -4.605170185988091, 1.0986122886681098 })]
    [InlineData("[uniform, log(1), log(2)]", new[] { 0, 0.6931471805599453 })]
    public void An_argument_may_be_the_logarithm_of_a_number(string yaml, double[] arguments)
    {
        var read = DistributionOf(OnlyParameter(ReadClean(Parameter("null", yaml)))).Arguments;

        Assert.Equal(arguments.Length, read.Count);
        Assert.All(arguments.Zip(read), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
    }

    [Fact]
    public void A_range_that_is_written_with_logarithms_has_both_of_its_bounds()
    {
        Gen.Select(Gen.Double[1e-300, 1e300], Gen.Double[-300, 300].Select(power => Math.Pow(10, power)))
            .Where((low, high) => low != high)
            .Sample(
            (first, second) =>
            {
                var (low, high) = (Math.Min(first, second), Math.Max(first, second));
                foreach (var text in new[]
                {
                    low.ToString("R", CultureInfo.InvariantCulture),
                    high.ToString("R", CultureInfo.InvariantCulture)
                })
                {
                    var yaml = string.Create(CultureInfo.InvariantCulture, $"[loguniform, log({low:R}), log({high:R})]");
                    var distribution =
                        DistributionOf(OnlyParameter(ReadClean(Parameter(text.IndexOfAny(['.', 'E']) < 0 ? text + ".0" : text, yaml))));

                    Assert.True(low <= PortableMath.Exp(distribution.Arguments[0]) && PortableMath.Exp(distribution.Arguments[1]) <= high);
                    Assert.True(DistributionRange.Has(distribution, low));
                    Assert.True(DistributionRange.Has(distribution, high));
                    Assert.False(DistributionRange.Has(distribution, low * (1 - 1e-8)));
                    Assert.False(DistributionRange.Has(distribution, high * (1 + 1e-8)));
                }
            },
            iter: 300);
    }

    [Fact]
    public void Every_kind_has_its_row()
    {
        Assert.Equal(Enum.GetValues<DistributionKind>(), DistributionForm.All.Select(form => form.Kind));
        Assert.All(DistributionForm.All, form => Assert.Same(form, DistributionForm.Of(form.Kind)));
    }

    /// <summary>As far as the engine lets them.</summary>
    [Fact]
    public void Seven_digits_of_a_third_are_three_probabilities() =>
        ReadClean(Parameter("a", "['pchoice', [[0.3333333, a], [0.3333333, b], [0.3333333, c]]]"));

    [Fact]
    public void Choice_and_pchoice_are_read()
    {
        var choice = OnlyParameter(ReadClean(Parameter("gini", "[choice, [gini, entropy]]")));
        var pchoice = OnlyParameter(ReadClean(Parameter("0.1", "['pchoice', [[0.3, 0.1], [0.7, 2]]]")));

        Assert.Equal(
            new DistributionConfiguration(
                DistributionKind.Choice, default, OptionConfiguration.Constants([Text("gini"), Text("entropy")]), default),
            choice.Distribution);
        Assert.Equal(
            new DistributionConfiguration(
                DistributionKind.PChoice,
                default,
                OptionConfiguration.Constants([Number(0.1), Number(2)]),
                EquatableArray.Of(0.3, 0.7)),
            pchoice.Distribution);
    }

    [Fact]
    public void Block_lists_are_the_same_as_flow_lists()
    {
        const string block = """
            hyper_parameter_optimization:
              space:
                model_train:
                  depth:
                    - uniformint
                    - 2
                    - 1000
                  size:
                  - choice
                  -
                    - 100
                    - 200
                  kind:
                    - pchoice
                    - - - 0.25
                        - a
                      - [0.75, b]
            """;
        const string flow = """
            hyper_parameter_optimization:
              space: { model_train: { depth: [uniformint, 2, 1000], size: [choice, [100, 200]], kind: [pchoice, [[0.25, a], [0.75, b]]] } }
            """;

        Assert.Equal(Read(flow).Configuration, Read(block).Configuration);
        Assert.All(Read(block).Configuration.Steps[0].Parameters, parameter => Assert.NotNull(parameter.Distribution));
    }

    [Theory]
    [InlineData("[[|unifrom|], 0, 1]", "LOGML0020", "'unifrom' is not a distribution; did you mean 'uniform'? There are: choice, pchoice, randint, uniform, quniform, uniformint, loguniform, qloguniform, normal, qnormal, lognormal, qlognormal")]
    [InlineData("[[|beta|], 0, 1]", "LOGML0020", "'beta' is not a distribution; there are: choice, pchoice, randint, uniform, quniform, uniformint, loguniform, qloguniform, normal, qnormal, lognormal, qlognormal")]
    [InlineData("[[|'Uniform'|], 0, 1]", "LOGML0020", "'Uniform' is not a distribution; did you mean 'uniform'? There are: choice, pchoice, randint, uniform, quniform, uniformint, loguniform, qloguniform, normal, qnormal, lognormal, qlognormal")]
    [InlineData("[|uniform|]", "LOGML0021", "The distribution of 'p' must be a list such as ['uniform', 0.0, 1.0]; found 'uniform'")]
    [InlineData("[|[]|]", "LOGML0021", "The distribution of 'p' must be a list such as ['uniform', 0.0, 1.0]; found an empty list")]
    [InlineData("[|{uniform: [0, 1]}|]", "LOGML0021", "The distribution of 'p' must be a list such as [uniform, 0, 1]; found a mapping")]
    [InlineData("[|[choice: [1, 2]]|]", "LOGML0021", "The distribution of 'p' must be a list such as [choice, [1, 2]]; found a list")]
    [InlineData("[|{beta: [0, 1]}|]", "LOGML0021", "The distribution of 'p' must be a list such as ['uniform', 0.0, 1.0]; found a mapping")]
    [InlineData("[|[uniform, 0]|]", "LOGML0022", "'uniform' takes 2 arguments (low, high); found 1")]
    [InlineData("[uniform, 0, 1, [|2|]]", "LOGML0022", "'uniform' takes 2 arguments (low, high); found 3")]
    [InlineData("[|[quniform, 0, 1]|]", "LOGML0022", "'quniform' takes 3 arguments (low, high, q); found 2")]
    [InlineData("[|[qnormal, 0, 1]|]", "LOGML0022", "'qnormal' takes 3 arguments (mu, sigma, q); found 2")]
    [InlineData("[|[randint]|]", "LOGML0022", "'randint' takes 1 argument (upper) or 2 arguments (low, high); found 0")]
    [InlineData("[randint, 1, 2, [|3|]]", "LOGML0022", "'randint' takes 1 argument (upper) or 2 arguments (low, high); found 3")]
    [InlineData("[choice, a, [|b|], c]", "LOGML0022", "'choice' takes 1 argument, the list of options; found 3; write [choice, [a, b, c]]")]
    [InlineData("[uniformint, 0, 9, [|2|]]", "LOGML0023", "'q' of 'uniformint' must be 1; found '2'")]
    [InlineData("[uniform, 0, [|fast|]]", "LOGML0023", "'high' of 'uniform' must be a number; found 'fast'")]
    [InlineData("[uniform, [|[0]|], 1]", "LOGML0023", "'low' of 'uniform' must be a number; found a list")]
    [InlineData("[uniformint, [|0.5|], 4]", "LOGML0023", "'low' of 'uniformint' must be a whole number; found '0.5'")]
    [InlineData("[randint, [|true|]]", "LOGML0023", "'upper' of 'randint' must be a whole number; found 'true'")]
    [InlineData("[choice, [|a|]]", "LOGML0023", "'options' of 'choice' must be a list of options; found 'a'")]
    [InlineData("[pchoice, [[|a|], [1, b]]]", "LOGML0023", "'options' of 'pchoice' must be [probability, option] pairs; found 'a'")]
    [InlineData("[pchoice, [[[|x|], a], [1, b]]]", "LOGML0023", "'probability' of 'pchoice' must be a number; found 'x'")]
    [InlineData("[uniform, [|5, 1|]]", "LOGML0024", "'uniform' needs low < high; found low = 5, high = 1")]
    [InlineData("[uniform, [|1, 0|]]", "LOGML0024", "'uniform' needs low < high; found low = 1, high = 0")]
    [InlineData("[uniform, [|0, -3|]]", "LOGML0024", "'uniform' needs low < high; found low = 0, high = -3")]
    [InlineData("[uniformint, [|3, 3|]]", "LOGML0024", "'uniformint' needs low < high; found low = 3, high = 3")]
    [InlineData("[randint, [|0|]]", "LOGML0024", "'randint' needs low < high; found low = 0, high = 0")]
    [InlineData("[loguniform, [|0, -7|]]", "LOGML0024", "'loguniform' needs low < high; found low = 0, high = -7")]
    [InlineData("[qloguniform, [|0, 0|], 1]", "LOGML0024", "'qloguniform' needs low < high; found low = 0, high = 0")]
    [InlineData("[quniform, 0, 1, [|0|]]", "LOGML0025", "'q' of 'quniform' must be greater than 0; found 0")]
    [InlineData("[normal, 0, [|0|]]", "LOGML0025", "'sigma' of 'normal' must be greater than 0; found 0")]
    [InlineData("[qlognormal, 0, [|-1|], 1]", "LOGML0025", "'sigma' of 'qlognormal' must be greater than 0; found -1")]
    [InlineData("[uniformint, 0, [|9007199254740993|]]", "LOGML0026",
        "9007199254740993 is beyond 9007199254740992 (2^53), up to which every integer can be represented")]
    [InlineData("[uniform, [|-9007199254740993|], 0]", "LOGML0026",
        "-9007199254740993 is beyond 9007199254740992 (2^53), up to which every integer can be represented")]
    [InlineData("[choice, [|[]|]]", "LOGML0027", "'choice' needs at least one option")]
    [InlineData("[pchoice, [|[]|]]", "LOGML0027", "'pchoice' needs at least one option")]
    [InlineData("[pchoice, [|[[0.3, a], [0.6, b]]|]]", "LOGML0028", "The probabilities of 'pchoice' must sum to 1; they sum to 0.8999999999999999")]
    [InlineData("[pchoice, [[[|-0.5|], a], [1, b]]]", "LOGML0029", "A probability must be between 0 and 1; found -0.5")]
    [InlineData("[pchoice, [[[|2|], a], [1, b]]]", "LOGML0029", "A probability must be between 0 and 1; found 2")]
    [InlineData("[choice, [1, [|[choice, [2, 3]]|]]]", "LOGML0030",
        "An option of 'choice' must be a value, a branch or a distribution of numbers; found a 'choice': ...")]
    [InlineData("[choice, [auto, [|0.5|]]]", "LOGML0031", "The values of 'p' have no common type: 'auto' is text, '0.5' is a number")]
    [InlineData("[choice, [[1], [|2|]]]", "LOGML0031", "The values of 'p' have no common type: '2' is not a list, another option is")]
    [InlineData("[loguniform, 0, [|1000|]]", "LOGML0039",
        "'1000' is not a number that can be used: 'loguniform' takes natural logarithms from -709 to 709, of numbers from 1.3e-308 to 8.2e+307")]
    [InlineData("[loguniform, [|-800|], 0]", "LOGML0039", "'-800' is not a number that can be used: 'loguniform' takes natural logarithms from -709 to 709, ...")]
    [InlineData("[loguniform, [|-745|], 709]", "LOGML0039", "'-745' is not a number that can be used: ...")]
    [InlineData("[qloguniform, 0, [|709.5|], 1]", "LOGML0039", "'709.5' is not a number that can be used: 'qloguniform' takes natural logarithms from -709 to 709, ...")]
    [InlineData("[loguniform, [|log(1e-310)|], log(1)]", "LOGML0039", "'log(1e-310)' is not a number that can be used: ...")]
    [InlineData("[qlognormal, [|710|], 1, 1]", "LOGML0039", "'710' is not a number that can be used: 'qlognormal' takes natural logarithms from -709 to 709, ...")]
    [InlineData("[uniform, -1.7e308, [|1.7e308|]]", "LOGML0039", "'1.7E+308' is not a number that can be used: high - low of 'uniform' must be a finite number, and low is -1.7E+308")]
    [InlineData("[quniform, 0, 1e17, [|1|]]", "LOGML0039", "'1' is not a number that can be used: the bounds of 'quniform' must lie within 2^53 * q on both sides of 0, ...")]
    [InlineData("[quniform, 0, 1e300, [|1e-300|]]", "LOGML0039", "'1E-300' is not a number that can be used: the bounds of 'quniform' must lie within 2^53 * q ...")]
    [InlineData("[loguniform, [|log(0.1), log(0.0001)|]]", "LOGML0024", "'loguniform' needs low < high; found low = log(0.1), high = log(0.0001)")]
    [InlineData("[loguniform, [|log(fast)|], 0]", "LOGML0023", "'low' of 'loguniform' must be a number, or log(x) of a number x; found 'log(fast)'")]
    [InlineData(
        "[loguniform, [|log()|], 0]", "LOGML0023", "'low' of 'loguniform' must be a number, or log(x) of a number x; found 'log()'")]
    [InlineData("[loguniform, [|log(log(2))|], 0]", "LOGML0023", "'low' of 'loguniform' must be a number, or log(x) of a number x; found 'log(log(2))'")]
    [InlineData("[loguniform, [|log(0)|], 0]", "LOGML0039", "'log(0)' is not a number that can be used: only a number above 0 has a logarithm")]
    [InlineData("[lognormal, [|log(-1e-3)|], 1]", "LOGML0039", "'log(-1e-3)' is not a number that can be used: only a number above 0 has a logarithm")]
    [InlineData("[loguniform, 0, [|log(.inf)|]]", "LOGML0039", "'.inf' is not a number that can be used: it is not finite")]
    [InlineData("[loguniform, [|ln(0.0001)|], 0]", "LOGML0023", "'low' of 'loguniform' must be a number: write log(0.0001), the natural logarithm; found 'ln(0.0001)'")]
    [InlineData("[loguniform, -9, [|log (1e-4)|]]", "LOGML0023", "'high' of 'loguniform' must be a number: write log(1e-4), the natural logarithm; found 'log (1e-4)'")]
    [InlineData("[loguniform, [|LOG(0.0001)|], 0]", "LOGML0023", "'low' of 'loguniform' must be a number: write log(0.0001), the natural logarithm; found 'LOG(0.0001)'")]
    [InlineData("[lognormal, [|'Log( 10 )'|], 1]", "LOGML0023", "'mu' of 'lognormal' must be a number: write log(10), the natural logarithm; found 'Log( 10 )'")]
    [InlineData("[loguniform, [|log10(0.0001)|], 0]", "LOGML0023", "'low' of 'loguniform' must be a number: write log(0.0001), the natural logarithm; found 'log10(0.0001)'")]
    [InlineData("[loguniform, [|np.log(0.0001)|], 0]", "LOGML0023", "'low' of 'loguniform' must be a number: write log(0.0001), the natural logarithm; found 'np.log(0.0001)'")]
    [InlineData("[loguniform, [|ln(fast)|], 0]", "LOGML0023", "'low' of 'loguniform' must be a number; found 'ln(fast)'")]
    [InlineData("[loguniform, [|exp(2)|], 0]", "LOGML0023", "'low' of 'loguniform' must be a number; found 'exp(2)'")]
    [InlineData("[uniformint, [|log(8)|], 4]", "LOGML0023", "'low' of 'uniformint' must be a whole number; found 'log(8)'")]
    [InlineData("[normal, 0, [|log(0.5)|]]", "LOGML0025", "'sigma' of 'normal' must be greater than 0; found -0.6931471805599453")]
    [InlineData("[uniform, 0, [|.inf|]]", "LOGML0039", "'.inf' is not a number that can be used: it is not finite")]
    public void A_wrong_distribution_is_reported_once_and_dropped(string marked, string id, string message)
    {
        // Null is a default of every type, so that only the distribution is wrong.
        var result = ExpectOne(Parameter("null", marked), id, message);

        Assert.Null(OnlyParameter(result.Configuration).Distribution);
    }

    [Fact]
    public void Probabilities_may_miss_one_by_rounding()
    {
        var parameter = OnlyParameter(ReadClean(Parameter("a", "[pchoice, [[0.1, a], [0.2, b], [0.7, c]]]")));

        Assert.Equal(EquatableArray.Of(0.1, 0.2, 0.7), DistributionOf(parameter).Probabilities);
    }

    [Theory]
    [InlineData("[unifrom, 0, 1]", ParameterKind.Double)]
    [InlineData("[uniformint, 9, 1]", ParameterKind.Int)]
    [InlineData("[uniform, 0]", ParameterKind.Double)]
    [InlineData("[pchoice, [[0.5, 1], [0.6, 2]]]", ParameterKind.Int)]
    public void A_wrong_distribution_still_says_the_type(string yaml, ParameterKind expected) =>
        Assert.Equal(expected, OnlyParameter(Read(Parameter(null, yaml)).Configuration).Type.Kind);

    [Theory]
    [InlineData("0.6", "[uniform, 0, 0.5]", "0.6", "0 to 0.5")]
    [InlineData("17", "[uniformint, 1, 16]", "17", "1 to 16")]
    [InlineData("10", "[randint, 10]", "10", "0 to 9")]
    [InlineData("2.0", "[loguniform, -7, 0]", "2", "0.0009118819655545162 to 1")]
    [InlineData("2.0", "[loguniform, log(0.0003), log(0.1)]", "2", "0.0003 to 0.1")]
    [InlineData("13", "[quniform, 0, 11, 4]", "13", "0 to 12")]
    [InlineData("0.0", "[lognormal, 0, 1]", "0", "greater than 0")]
    [InlineData("-1", "[qlognormal, 0, 1, 1]", "-1", "at least 0")]
    [InlineData(".inf", "[uniform, 0, 1]", ".inf", "0 to 1")]
    [InlineData("sgd", "[choice, [adam, rmsprop]]", "'sgd'", "one of ['adam', 'rmsprop']")]
    public void A_default_out_of_range_is_a_warning(string value, string distribution, string shown, string range)
    {
        var result = ExpectOne(
            Parameter($"[|{value}|]", distribution),
            "LOGML0033",
            $"The default {shown} of 'p' is not a value that its distribution can give: {range}");

        Assert.Equal(DiagnosticLevel.Warning, result.Diagnostics[0].Definition.Severity);
        Assert.NotNull(OnlyParameter(result.Configuration).Distribution);
    }

    [Theory]
    [InlineData("12", "[quniform, 0, 11, 4]")]
    [InlineData("0.001", "[loguniform, -6.907755278982137, 0]")]
    [InlineData("-5.0", "[normal, 0, 1]")]
    [InlineData("null", "[uniform, 0, 1]")]
    public void A_default_at_the_edge_is_in_range(string value, string distribution) =>
        Assert.NotNull(OnlyParameter(ReadClean(Parameter(value, distribution))).Distribution);

    private static ConfigurationValue.Text Text(string value) => new(value);

    private static ConfigurationValue.Number Number(double value) => new(value);
}
