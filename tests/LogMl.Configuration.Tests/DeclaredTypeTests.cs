using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using static LogMl.Configuration.Tests.MarkedYaml;

namespace LogMl.Configuration.Tests;

/// <summary>The types that <c>functions.types</c> declares.</summary>
public class DeclaredTypeTests
{
    [Theory]
    [InlineData("1", "double", "double")]
    [InlineData("null", "double?", "double?")]
    [InlineData("0.5", "double?", "double?")]
    [InlineData(".inf", "double", "double")]
    [InlineData("3", "long", "long")]
    [InlineData("3.0", "int", "int")]
    [InlineData("~", "int?", "int?")]
    [InlineData("yes", "bool", "bool")]
    [InlineData("1", "string", "string")]
    [InlineData("null", "string?", "string?")]
    [InlineData("[]", "'int[]'", "int[]")]
    [InlineData("[1, 2]", "'double[]'", "double[]")]
    [InlineData("[1, null]", "'double?[]'", "double?[]")]
    [InlineData("null", "'long[]?'", "long[]?")]
    [InlineData("relu", "[relu, tanh]", "[relu, tanh]")]
    [InlineData("null", "[relu, tanh, null]", "[relu, tanh, null]")]
    public void A_type_can_be_declared(string value, string type, string expected)
    {
        var parameter = OnlyParameter(ReadClean(Declared(value, type, null)));

        Assert.Equal(expected, parameter.Type.Written);
        Assert.NotNull(parameter.Default);
        Assert.True(parameter.NeedsDeclaredType);
    }

    [Theory]
    [InlineData("0", "double", "[uniform, 0, 1]", "double")]
    [InlineData("null", "double?", "[uniform, 0, 1]", "double?")]
    [InlineData("0.5", "double?", "[normal, 0, 1]", "double?")]
    [InlineData("5", "double", "[uniformint, 1, 9]", "double")]
    [InlineData("5.0", "int", "[quniform, 0, 10, 1]", "int")]
    [InlineData("5", "long", "[uniformint, 1, 9]", "long")]
    [InlineData("1", "double", "[choice, [1, 2]]", "double")]
    [InlineData("relu", "[relu, tanh, gelu]", "[choice, [relu, tanh]]", "[relu, tanh, gelu]")]
    [InlineData("relu", "string", "[choice, [relu, 'leaky relu']]", "string")]
    [InlineData("[1]", "'double[]'", "[choice, [[1], [2, 3]]]", "double[]")]
    [InlineData("7", "int", "[pchoice, [[0.5, 1], [0.5, 7.0]]]", "int")]
    public void A_declared_type_stands_in_front_of_what_the_distribution_says(
        string value, string type, string distribution, string expected)
    {
        var parameter = OnlyParameter(ReadClean(Declared(value, type, distribution)));

        Assert.Equal(expected, parameter.Type.Written);
        Assert.NotNull(parameter.Default);
        Assert.NotNull(parameter.Distribution);
    }

    [Theory]
    [InlineData("[|0.5|]", "int", null, "'functions.types' declares 'p' as int, but '0.5' is no value of it")]
    [InlineData("[|null|]", "double", null, "'functions.types' declares 'p' as double, but null is no value of it; declare 'double?' when it may be null")]
    [InlineData("[|~|]", "[relu, tanh]", null, "'functions.types' declares 'p' as [relu, tanh], but null is no value of it; declare '[relu, tanh, null]' when it may be null")]
    [InlineData("[|null|]", "'int[]'", null, "'functions.types' declares 'p' as int[], but null is no value of it; declare 'int[]?' when it may be null")]
    [InlineData("1", "int", "[choice, [1, [|null|]]]", "'functions.types' declares 'p' as int, but null is no value of it; declare 'int?' when it may be null")]
    [InlineData("[|3000000000|]", "int", null, "'functions.types' declares 'p' as int, but '3000000000' is no value of it")]
    [InlineData("[|gelu|]", "[relu, tanh]", null, "'functions.types' declares 'p' as [relu, tanh], but 'gelu' is no value of it")]
    [InlineData("[|[1, a]|]", "'int[]'", null, "'functions.types' declares 'p' as int[], but a list is no value of it")]
    [InlineData("0.5", "int", "[|[uniform, 0, 1]|]", "'functions.types' declares 'p' as int, but its distribution 'uniform' gives real numbers")]
    [InlineData("5", "int", "[|[quniform, 0, 1, 0.25]|]", "'functions.types' declares 'p' as int, but its distribution 'quniform' gives real numbers")]
    [InlineData("5", "int", "[|[randint, 3000000000]|]",
        "'functions.types' declares 'p' as int, but its distribution 'randint' gives numbers that only a long can hold")]
    [InlineData("5", "bool", "[|[uniform, 0, 1]|]", "'functions.types' declares 'p' as bool, but its distribution 'uniform' gives numbers")]
    [InlineData("relu", "[relu, tanh]", "[choice, [relu, [|gelu|], elu]]", "'functions.types' declares 'p' as [relu, tanh], but 'gelu' is no value of it")]
    public void A_value_that_is_not_of_the_declared_type_is_one_error(string value, string type, string? distribution, string message)
    {
        var result = ExpectOne(Declared(value, type, distribution), "LOGML0054", message);

        Assert.StartsWith(
            OnlyParameter(result.Configuration).Type.Written,
            message["'functions.types' declares 'p' as ".Length..],
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[|doubel|]", "'doubel' is not a type: did you mean 'double'? a type is bool, int, long, double or string, with '?' when it can be null and '[]' when it is a list; or the list of an enum's members")]
    [InlineData("[|'int[][]'|]", "'int[][]' is not a type: a type is bool, int, long, double or string, with '?' when it can be null and '[]' when it is a list; or the list of an enum's members")]
    [InlineData("[|[]|]", "an empty list is not a type: a type is bool, int, long, double or string, with '?' when it can be null and '[]' when it is a list; or the list of an enum's members")]
    [InlineData("[relu, [|leaky relu|]]", "'leaky relu' is not a type: 'leaky relu' is not a name of letters, digits, '_' and '-'")]
    [InlineData("[relu, [|Relu|]]", "'Relu' is not a type: 'relu' and 'Relu' would both be the member 'Relu'")]
    [InlineData("[relu, [|relu|]]", "'relu' is not a type: it is already a member")]
    public void What_is_no_type_is_one_error(string type, string message)
    {
        var result = ExpectOne(Declared("0.5", type, "[uniform, 0, 1]"), "LOGML0052", message);

        Assert.Equal(ParameterKind.Double, OnlyParameter(result.Configuration).Type.Kind);
    }

    [Fact]
    public void The_type_of_a_parameter_that_does_not_exist_is_an_error() => ExpectOne(
        "functions:\n  model_train: {epochs: 3}\n  types:\n    model_train: {[|epoch|]: int}\n",
        "LOGML0053",
        "'functions.types' has a type of 'epoch', but step 'model_train' has no such parameter in 'functions' or in the space; did you mean 'epochs'?");

    [Fact]
    public void Types_of_a_step_that_does_not_exist_are_an_error() => ExpectOne(
        "functions:\n  types:\n    [|model_trian|]: {}\n",
        "LOGML0014",
        "'model_trian' is not a workflow step; did you mean 'model_train'?");

    [Theory]
    [InlineData("0", "[uniform, 0, 1]", "'p' is double because of its distribution, but its default 0 alone is int: without the distribution the type would be another one; write 0.0, or declare the type in 'functions.types'")]
    [InlineData("'1e-5'", "[uniform, 0, 1]", "'p' is double because of its distribution, but its default 1e-5 alone is string: without the distribution the type would be another one; write 1.0e-05, or declare the type in 'functions.types'")]
    [InlineData("5.0", "[uniformint, 0, 10]", "'p' is int because of its distribution, but its default 5.0 alone is double: without the distribution the type would be another one; write 5, or declare the type in 'functions.types'")]
    [InlineData("5", "[uniformint, 0, 3000000000]", "'p' is long because of its distribution, but its default 5 alone is int: without the distribution the type would be another one; declare the type in 'functions.types'")]
    [InlineData("1", "[choice, [1, 0.5]]", "'p' is double because of its distribution, but its default 1 alone is int: without the distribution the type would be another one; write 1.0, or declare the type in 'functions.types'")]
    [InlineData("[1, 2]", "[choice, [[1, 2], [0.5]]]", "'p' is double[] because of its distribution, but its default [1, 2] alone is int[]: without the distribution the type would be another one; write [1.0, 2.0], or declare the type in 'functions.types'")]
    public void A_default_that_alone_would_be_of_another_type_is_a_warning(string value, string distribution, string message)
    {
        var result = ExpectOne(Parameter($"[|{value}|]", distribution), "LOGML0055", message);

        Assert.Equal(DiagnosticLevel.Warning, result.Diagnostics[0].Definition.Severity);
    }

    [Theory]
    [InlineData("!!float 1", "[uniform, 0, 1]", ParameterKind.Double)]
    [InlineData("!!float 1", null, ParameterKind.Double)]
    [InlineData("!!int '3'", null, ParameterKind.Int)]
    [InlineData("!!bool yes", null, ParameterKind.Bool)]
    [InlineData("!!str yes", null, ParameterKind.String)]
    public void A_tag_of_YAML_says_what_a_value_is(string value, string? distribution, ParameterKind expected) =>
        Assert.Equal(expected, OnlyParameter(ReadClean(Parameter(value, distribution))).Type.Kind);

    [Fact]
    public void A_tag_that_its_text_does_not_fit_is_an_error() =>
        ExpectOne(Parameter("[|!!float abc|]", null), "LOGML0017", "A value with this tag must be a number; found 'abc'");

    [Theory]
    [InlineData("[choice, [relu, tanh, [|relu|]]]", "The option 'relu' of 'p' stands twice: it is as likely as two of the others; to say so, give probabilities with 'pchoice'")]
    [InlineData("[pchoice, [[0.5, 1], [0.5, [|1.0|]]]]", "The option 1 of 'p' stands twice: write it once, with the sum of its probabilities")]
    [InlineData("[choice, [[1, 2], [|[1, 2]|]]]", "The option [1, 2] of 'p' stands twice: it is as likely as two of the others; to say so, give probabilities with 'pchoice'")]
    public void An_option_that_stands_twice_is_a_warning(string distribution, string message) =>
        ExpectOne(Parameter("null", distribution), "LOGML0056", message);

    [Theory]
    [InlineData("relu", "[choice, [relu, [|leaky relu|]]]", "'leaky relu' is not a name of letters, digits, '_' and '-'")]
    [InlineData("relu", "[choice, [relu, [|Relu|]]]", "'relu' and 'Relu' would both be the member 'Relu'")]
    [InlineData("[|a.b|]", "[choice, [relu, tanh]]", "'a.b' is not a name of letters, digits, '_' and '-'", "LOGML0033")]
    public void A_text_among_names_that_makes_the_enum_a_string_is_a_warning(
        string value, string distribution, string reason, string? other = null)
    {
        var diagnostics = Read(new MarkedYaml(Parameter(value, distribution)).Text).Diagnostics;

        Assert.Equal(other is null ? ["LOGML0057"] : new[] { other, "LOGML0057" }, diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.Equal(
            $"The type of 'p' is string and not an enum: {reason}; change the option, or declare the type in 'functions.types'",
            diagnostics[^1].Message);
    }

    private static string Declared(string value, string type, string? distribution) =>
        $"functions:\n  model_train: {{p: {value}}}\n  types:\n    model_train: {{p: {type}}}\n"
        + (distribution is null ? "" : $"hyper_parameter_optimization:\n  space:\n    model_train: {{p: {distribution}}}\n");
}
