using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using static LogMl.Configuration.Tests.MarkedYaml;

namespace LogMl.Configuration.Tests;

public class TypingTests
{
    [Theory]
    [InlineData("3", ParameterKind.Int)]
    [InlineData("-2147483648", ParameterKind.Int)]
    [InlineData("2147483648", ParameterKind.Long)]
    [InlineData("0x1F", ParameterKind.Int)]
    [InlineData("3.0", ParameterKind.Double)]
    [InlineData("1.5e+3", ParameterKind.Double)]
    [InlineData("true", ParameterKind.Bool)]
    [InlineData("relu", ParameterKind.String)]
    [InlineData("'3'", ParameterKind.String)]
    [InlineData("!!str 3", ParameterKind.String)]
    public void Without_distribution_the_default_says_the_type(string value, ParameterKind expected)
    {
        var parameter = OnlyParameter(ReadClean(Parameter(value, null)));

        Assert.Equal(new ParameterType(expected), parameter.Type);
        Assert.NotNull(parameter.Default);
    }

    [Theory]
    [InlineData("5", "[quniform, 0, 10, 1]", ParameterKind.Int)]
    [InlineData("5.0", "[quniform, 0, 10, 1]", ParameterKind.Double)]
    [InlineData("5.0", "[quniform, 0, 10, 0.5]", ParameterKind.Double)]
    [InlineData("5.0", "[quniform, 0, 10.5, 1]", ParameterKind.Double)]
    [InlineData("5", "[qloguniform, 0, 2.5, 1]", ParameterKind.Int)]
    [InlineData("5000000000", "[qloguniform, 0, 30, 1]", ParameterKind.Long)]
    [InlineData("5.0", "[qloguniform, 0, 60, 1]", ParameterKind.Double)]
    [InlineData("5", "[qnormal, 3.5, 1.5, 2]", ParameterKind.Int)]
    [InlineData("5", "[qlognormal, 0, 1, 2]", ParameterKind.Int)]
    [InlineData("5.0", "[uniform, 0, 10]", ParameterKind.Double)]
    [InlineData("1e-5", "[loguniform, -20, 0]", ParameterKind.Double)]
    [InlineData("2500000000", "[uniformint, 0, 3000000000]", ParameterKind.Long)]
    [InlineData("5", "[randint, 2147483648]", ParameterKind.Int)]
    [InlineData("2147483648", "[randint, 2147483649]", ParameterKind.Long)]
    [InlineData("1", "[choice, [2, 1]]", ParameterKind.Int)]
    [InlineData("3000000000", "[choice, [1, 3000000000]]", ParameterKind.Long)]
    [InlineData("1.0", "[choice, [0.5, 1.0]]", ParameterKind.Double)]
    [InlineData("0.5", "[choice, [1, 0.5]]", ParameterKind.Double)]
    [InlineData("false", "[choice, [true, no]]", ParameterKind.Bool)]
    [InlineData("relu", "[choice, [relu, tanh]]", ParameterKind.Enum)]
    [InlineData("relu", "[pchoice, [[0.5, relu], [0.5, 'tanh']]]", ParameterKind.Enum)]
    [InlineData("sklearn.svm.SVC", "[choice, [sklearn.svm.SVC, sklearn.dummy]]", ParameterKind.String)]
    [InlineData("'1'", "[choice, ['1', '2']]", ParameterKind.String)]
    [InlineData("'.inf'", "[choice, ['1e999', '.inf']]", ParameterKind.String)]
    [InlineData("[8]", "[choice, [[8], [8, 4]]]", ParameterKind.List)]
    public void Default_and_distribution_say_the_type_together(string value, string distribution, ParameterKind expected) =>
        Assert.Equal(expected, OnlyParameter(ReadClean(Parameter(value, distribution))).Type.Kind);

    [Fact]
    public void Values_have_the_form_of_the_type()
    {
        var mixed = OnlyParameter(Read(Parameter("1", "[choice, [1, 0.5]]")).Configuration);
        var whole = OnlyParameter(Read(Parameter("3.0", "[uniformint, 1, 16]")).Configuration);

        Assert.Equal(new ConfigurationValue.Number(1), mixed.Default);
        Assert.All(DistributionOf(mixed).Constants, option => Assert.IsType<ConfigurationValue.Number>(option));
        Assert.Equal(new ConfigurationValue.Integer(3), whole.Default);
    }

    [Fact]
    public void Null_makes_the_type_nullable()
    {
        var number = OnlyParameter(ReadClean(Parameter("null", "[uniformint, 1, 5]")));
        var name = OnlyParameter(ReadClean(Parameter("sqrt", "[choice, [sqrt, log2, ~]]")));
        var nothing = OnlyParameter(ReadClean(Parameter("~", null)));
        var lists = OnlyParameter(ReadClean(Parameter("[1, null]", "[choice, [[1, null], null]]")));

        Assert.Equal(new ParameterType(ParameterKind.Int, isNullable: true), number.Type);
        Assert.Equal(new ConfigurationValue.Null(), number.Default);
        Assert.Equal(new ParameterType(ParameterKind.Enum, true, EquatableArray.Of("sqrt", "log2"), null), name.Type);
        Assert.Equal(new ParameterType(ParameterKind.String, isNullable: true), nothing.Type);
        Assert.Equal(new ParameterType(ParameterKind.List, true, default, new ParameterType(ParameterKind.Int, true)), lists.Type);
    }

    [Fact]
    public void The_default_is_a_member_of_the_enum()
    {
        var type = OnlyParameter(Read(Parameter("sgd", "[choice, [adam, rmsprop, adam]]")).Configuration).Type;

        Assert.Equal(EquatableArray.Of("adam", "rmsprop", "sgd"), type.Members);
    }

    [Fact]
    public void Lists_keep_their_items_apart()
    {
        var parameter = OnlyParameter(ReadClean(Parameter("[8, 0.5]", "[choice, [[8, 0.5], [], [4]]]")));

        Assert.Equal(ParameterKind.Double, parameter.Type.Element?.Kind);
        Assert.Equal(Numbers(8, 0.5), parameter.Default);
        Assert.Equal([Numbers(8, 0.5), Numbers(), Numbers(4)], DistributionOf(parameter).Constants);

        static ConfigurationValue Numbers(params double[] items) =>
            new ConfigurationValue.List(items.Select(ConfigurationValue (item) => new ConfigurationValue.Number(item)).ToEquatableArray());
    }

    [Theory]
    [InlineData("[|3.5|]", "[uniformint, 1, 16]", "The default of 'p' must be a whole number because of its distribution 'uniformint'; found '3.5', which is ignored", ParameterKind.Int)]
    [InlineData("[|auto|]", "[uniform, 0.3, 1.0]", "The default of 'p' must be a number because of its distribution 'uniform'; found 'auto', which is ignored", ParameterKind.Double)]
    [InlineData("[|[1]|]", "[randint, 4]", "The default of 'p' must be a whole number because of its distribution 'randint'; found a list, which is ignored", ParameterKind.Int)]
    [InlineData("[|3|]", "[choice, [a, b]]", "The default of 'p' must be text because of its distribution 'choice'; found '3', which is ignored", ParameterKind.Enum)]
    [InlineData("[|{a: 1}|]", "[choice, [1, 2]]", "The default of 'p' must be a whole number because of its distribution 'choice'; found a mapping, which is ignored", ParameterKind.Int)]
    [InlineData("[|3|]", "[choice, [[3], [4]]]", "The default of 'p' must be a list because of its distribution 'choice'; found '3', which is ignored", ParameterKind.List)]
    public void A_default_of_the_wrong_kind_is_a_warning_and_dropped(
        string value, string distribution, string message, ParameterKind expected)
    {
        var result = ExpectOne(Parameter(value, distribution), "LOGML0032", message);

        var parameter = OnlyParameter(result.Configuration);
        Assert.Equal(DiagnosticLevel.Warning, result.Diagnostics[0].Definition.Severity);
        Assert.Equal(expected, parameter.Type.Kind);
        Assert.Null(parameter.Default);
        Assert.NotNull(parameter.Distribution);
    }

    [Theory]
    [InlineData(".inf", double.PositiveInfinity)]
    [InlineData("-.inf", double.NegativeInfinity)]
    [InlineData(".nan", double.NaN)]
    [InlineData("!!float .inf", double.PositiveInfinity)]
    public void A_default_may_be_infinite_or_not_a_number(string value, double expected)
    {
        var parameter = OnlyParameter(ReadClean(Parameter(value, null)));

        Assert.Equal(new ParameterType(ParameterKind.Double), parameter.Type);
        Assert.Equal(new ConfigurationValue.Number(expected), parameter.Default);
        Assert.Equal(
            new ConfigurationValue.List(
                EquatableArray.Of<ConfigurationValue>(new ConfigurationValue.Number(1), new ConfigurationValue.Number(expected))),
            OnlyParameter(ReadClean(Parameter($"[1, {value}]", null))).Default);
    }

    [Theory]
    [InlineData("[|{a: 1}|]", "LOGML0035", "'p' must be a scalar or a list of scalars; found a mapping")]
    [InlineData("[1, [|[2]|]]", "LOGML0035", "'p' must be a scalar or a list of scalars; found a list in a list")]
    [InlineData("[1, [|a|]]", "LOGML0031", "The values of 'p' have no common type: '1' is a whole number, 'a' is text")]
    [InlineData("[|12345678901234567890|]", "LOGML0039",
        "'12345678901234567890' is not a number that can be used: integers have 64 bits; write 1.0e+19 for a floating-point number")]
    [InlineData("[|1e999|]", "LOGML0039", "'1e999' is not a number that can be used: it is not finite")]
    public void A_default_that_no_property_can_have_still_gives_a_parameter(string marked, string id, string message)
    {
        var result = ExpectOne(Parameter(marked, null), id, message);

        Assert.NotNull(OnlyParameter(result.Configuration).Default);
    }

    [Theory]
    [InlineData("learning_rate", "LearningRate")]
    [InlineData("learningRate", "LearningRate")]
    [InlineData("l1", "L1")]
    [InlineData("n-estimators", "NEstimators")]
    [InlineData("layer_1_2", "Layer1_2")]
    [InlineData("layer_12", "Layer12")]
    [InlineData("größe", "Größe")]
    [InlineData("_private", "Private")]
    [InlineData("class", "Class")]
    [InlineData("2d", null)]
    [InlineData("a/b", null)]
    [InlineData("", null)]
    public void Names_become_PascalCase(string name, string? expected) => Assert.Equal(expected, CSharpNames.ToPascalCase(name));
}
