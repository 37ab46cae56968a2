using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using LogMl.Configuration.Model;
using LogMl.Configuration.Reading;

namespace LogMl.Configuration.Tests;

/// <summary>The two readings of plain scalars, against what defines them.</summary>
public partial class SchemaTests
{
    private static readonly Gen<string> NumberLike = Gen.Char["0123456789019eE+-._:xobafin"].Array[1, 7].Select(string.Concat);

    /// <summary>What PyYAML 6.0.3 <c>safe_load</c> gives.</summary>
    [Theory]
    [InlineData("yes", "true")]
    [InlineData("OFF", "false")]
    [InlineData("TRUE", "true")]
    [InlineData("tRue", "text")]
    [InlineData("y", "text")]
    [InlineData("~", "null")]
    [InlineData("NULL", "null")]
    [InlineData("-.inf", "-Infinity")]
    [InlineData(".NaN", "NaN")]
    [InlineData("07", "int 7")]
    [InlineData("-010", "int -8")]
    [InlineData("08", "text")]
    [InlineData("0_7", "int 7")]
    [InlineData("0o7", "text")]
    [InlineData("0xFF", "int 255")]
    [InlineData("-0x_1", "int -1")]
    [InlineData("0x1G", "text")]
    [InlineData("0b_1", "int 1")]
    [InlineData("-0b1", "int -1")]
    [InlineData("0b2", "text")]
    [InlineData("1_", "int 1")]
    [InlineData("_1", "text")]
    [InlineData("1:2", "int 62")]
    [InlineData("1:60", "text")]
    [InlineData("-1:2", "int -62")]
    [InlineData("0:1", "text")]
    [InlineData("190:20:30", "int 685230")]
    [InlineData("190:20:30.15", "float 685230.15")]
    [InlineData("1:3_", "text")]
    [InlineData("1.", "float 1")]
    [InlineData("._1", "text")]
    [InlineData("-.1", "text")]
    [InlineData(".1", "float 0.1")]
    [InlineData("1.e5", "text")]
    [InlineData("1.5e+5", "float 150000")]
    [InlineData("1e+5", "text")]
    [InlineData(".5e-3", "float 0.0005")]
    [InlineData("1_000.5", "float 1000.5")]
    [InlineData("1e999", "text")]
    [InlineData("2001-12-14", "date")]
    [InlineData("2001-1-1", "text")]
    [InlineData("2001-1-1 1:02:03", "date")]
    [InlineData("2001-12-14t21:59:43.10-05:00", "date")]
    [InlineData("20011-1-1", "text")]
    [InlineData("1.2.3", "text")]
    [InlineData("+-1", "text")]
    [InlineData("1-1", "text")]
    public void Yaml_1_1_is_read_as_PyYAML_reads_it(string scalar, string expected) =>
        Assert.Equal(expected, Describe(Yaml11Scalars.Read(scalar)));

    [Fact]
    public void Yaml_1_2_is_read_by_the_expressions_of_its_core_schema() => NumberLike.Sample(
        scalar =>
        {
            var expected = Yaml12Integer().IsMatch(scalar) ? "int" : Yaml12Float().IsMatch(scalar) ? "float" : "text";
            var read = Yaml12Scalars.Read(scalar);
            var kind = Describe(read).Split(' ')[0];
            Assert.Equal(expected, kind is "Infinity" or "-Infinity" or "NaN" ? "float" : kind);
            if (read is ConfigurationValue.Number { IsFinite: true } number)
            {
                Assert.Equal(double.Parse(scalar, CultureInfo.InvariantCulture), number.Value);
            }
        },
        iter: 50_000);

    [Theory]
    [InlineData("9223372036854775807", "int 9223372036854775807")]
    [InlineData("-9223372036854775808", "int -9223372036854775808")]
    [InlineData("0x7FFFFFFFFFFFFFFF", "int 9223372036854775807")]
    [InlineData("0o17", "int 15")]
    [InlineData("0x", "text")]
    [InlineData("0o8", "text")]
    [InlineData("+12", "int 12")]
    [InlineData("00012", "int 12")]
    public void Integers_of_Yaml_1_2_have_64_bits(string scalar, string expected) =>
        Assert.Equal(expected, Describe(Yaml12Scalars.Read(scalar)));

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("0x8000000000000000")]
    [InlineData("0xEEEEEEEEEEEEEEEEE")]
    [InlineData("100000000000000000000000000000000000000000")]
    public void Integers_beyond_64_bits_are_refused(string scalar)
    {
        MarkedYaml.ExpectOne(
            MarkedYaml.Parameter($"[|{scalar}|]", null),
            "LOGML0039",
            $"'{scalar}' is not a number that can be used: integers have 64 bits; write 1.0e+19 for a floating-point number");
    }

    private static string Describe(ConfigurationValue? value) => value switch
    {
        null => "date",
        ConfigurationValue.Null => "null",
        ConfigurationValue.Bool truth => truth.Value ? "true" : "false",
        ConfigurationValue.Integer integer => "int " + integer.Value.ToString(CultureInfo.InvariantCulture),
        ConfigurationValue.Number { IsFinite: true } number => "float " + number.Value.ToString("R", CultureInfo.InvariantCulture),
        ConfigurationValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        _ => "text",
    };

    // YAML 1.2.2, section 10.3.2.
    [GeneratedRegex("^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$")]
    private static partial Regex Yaml12Integer();

    [GeneratedRegex(@"^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?(\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN)$")]
    private static partial Regex Yaml12Float();
}
