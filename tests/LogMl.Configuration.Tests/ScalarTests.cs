using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using static LogMl.Configuration.Tests.MarkedYaml;

namespace LogMl.Configuration.Tests;

/// <summary>Scalars that YAML 1.1 (as PyYAML reads it) and YAML 1.2 read differently.</summary>
public class ScalarTests
{
    [Theory]
    [InlineData("yes", "text", "true")]
    [InlineData("No", "text", "false")]
    [InlineData("on", "text", "true")]
    [InlineData("OFF", "text", "false")]
    [InlineData("1e5", "the number 100000", "text")]
    [InlineData("1e-5", "the number 1E-05", "text")]
    [InlineData("1.5e3", "the number 1500", "text")]
    [InlineData("-.5", "the number -0.5", "text")]
    [InlineData("010", "the number 10", "the number 8")]
    [InlineData("08", "the number 8", "text")]
    [InlineData("0o10", "the number 8", "text")]
    [InlineData("-0x10", "text", "the number -16")]
    [InlineData("1_000", "text", "the number 1000")]
    [InlineData("1_0.5", "text", "the number 10.5")]
    [InlineData("0b101", "text", "the number 5")]
    [InlineData("1:30", "text", "the number 90")]
    [InlineData("2001-12-14", "text", "a date")]
    public void A_scalar_that_the_versions_read_differently_is_a_warning(string scalar, string newer, string older)
    {
        var result = ExpectOne(
            Parameter($"[|{scalar}|]", null),
            "LOGML0034",
            $"'{scalar}' is {newer} in YAML 1.2 but {older} in YAML 1.1; it is taken as {newer}");

        Assert.Equal(DiagnosticLevel.Warning, result.Diagnostics[0].Definition.Severity);
        Assert.Equal(newer == "text", OnlyParameter(result.Configuration).Type.Kind == ParameterKind.String);
    }

    [Theory]
    [InlineData("y")]
    [InlineData("n")]
    [InlineData("'yes'")]
    [InlineData("\"1e5\"")]
    [InlineData("1.5e+3")]
    [InlineData("12")]
    [InlineData("-7")]
    [InlineData("+7")]
    [InlineData("0")]
    [InlineData("0x1f")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1:99")]
    [InlineData("a_b")]
    [InlineData("1-2")]
    [InlineData("-")]
    [InlineData("1.2.3")]
    public void A_scalar_that_both_versions_read_alike_is_no_warning(string scalar) =>
        // A lone hyphen is a list item in block style; between quotes it is plain text again.
        Assert.NotNull(OnlyParameter(ReadClean(Parameter(scalar == "-" ? "'-'" : scalar, null))).Default);

    [Theory]
    [InlineData("1e-5", "[uniform, 0, 1]", 1e-5)]
    [InlineData("'0.5'", "[uniform, 0, 1]", 0.5)]
    [InlineData("1_000", "[uniform, 0, 1e4]", 1000)]
    [InlineData("0b11", "[uniform, 0, 1e4]", 3)]
    public void A_needed_number_settles_the_reading(string value, string distribution, double expected) =>
        Assert.Equal(new ConfigurationValue.Number(expected), OnlyParameter(Read(Parameter(value, distribution)).Configuration).Default);

    [Fact]
    public void Two_numbers_are_a_warning_also_where_a_number_is_needed()
    {
        var result = ExpectOne(
            Parameter("3", "[uniformint, 0, [|010|]]"),
            "LOGML0034",
            "'010' is the number 10 in YAML 1.2 but the number 8 in YAML 1.1; it is taken as the number 10");

        Assert.Equal(10, DistributionOf(OnlyParameter(result.Configuration)).Arguments[1]);
    }

    [Fact]
    public void Unambiguous_options_settle_the_reading_of_the_others()
    {
        var rates = OnlyParameter(ReadClean(Parameter("0.1", "[choice, [1e-5, 1e-4, 0.1]]")));
        var switches = OnlyParameter(ReadClean(Parameter("true", "[choice, [yes, no]]")));
        var words = OnlyParameter(ReadClean(Parameter("maybe", "[choice, [yes, no, maybe]]")));

        Assert.Equal(ParameterKind.Double, rates.Type.Kind);
        Assert.Equal(new ParameterType(ParameterKind.Bool), switches.Type);
        Assert.Equal(EquatableArray.Of("yes", "no", "maybe"), words.Type.Members);
    }

    [Fact]
    public void Options_that_are_all_ambiguous_are_warnings_each()
    {
        var result = Read(Parameter("yes", "[choice, [yes, no]]"));

        Assert.Equal(["LOGML0034", "LOGML0034", "LOGML0034"], result.Diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.Equal(EquatableArray.Of("yes", "no"), OnlyParameter(result.Configuration).Type.Members);
    }

    [Fact]
    public void A_setting_is_read_by_yaml_1_2_with_a_warning()
    {
        var result = ExpectOne(
            "dataset:\n  is_use_default_split: [|no|]\n",
            "LOGML0034",
            "'no' is text in YAML 1.2 but false in YAML 1.1; it is taken as text");

        Assert.Equal(new ConfigurationValue.Text("no"), result.Configuration.DatasetSettings[0].Value);
    }
}
