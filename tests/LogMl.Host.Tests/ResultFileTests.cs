using System.Globalization;
using System.Text.Json;
using CsCheck;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Host.Tests.Kit;
using LogMl.Shared.Spaces;
using LogMl.Shared;
using YamlDotNet.RepresentationModel;

namespace LogMl.Host.Tests;

/// <summary>Other programs read the host's files back as what was written.</summary>
public sealed class ResultFileTests
{
    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.OneOf("yes", "No", "null", "~", "1e5", "0x1F", "1_000", "12:30", "-", "- a", "a: b", "#", "a #b", "", " ", "abc\n", "\t", "'", "\"", "[a]", "{a}", "*a", "&a", "!a", "%a", "@a", "`a", "=", "<<", ".nan", "y", "é\u0085\u2028"),
        Gen.String[Gen.Char[' ', '~'], 0, 12],
        Gen.String[Gen.OneOf(Gen.Char[' ', '~'], Gen.Char['\u0001', '\u00ff'], Gen.Char['\u2020', '\u2030']), 0, 8]);

    [Fact]
    public void Text_in_best_yaml_is_read_back_as_that_text() => AnyText.Sample(text =>
    {
        var scalar = Value($"a: {YamlText.Of(text)}\n");
        Assert.Equal(text, scalar.Value);
        if (scalar.Style == YamlDotNet.Core.ScalarStyle.Plain)
        {
            Assert.Matches(@"\A[A-Za-z_][A-Za-z0-9_]*\z", text);
            Assert.DoesNotMatch(@"\A(?i:true|false|yes|no|on|off|null|y|n)\z", text);
        }
    });

    [Fact]
    public void A_real_number_in_best_yaml_is_a_float_for_YAML_1_1_and_1_2() => Gen.Double.Sample(value =>
    {
        var text = Value($"a: {YamlText.Of(value)}\n").Value!;
        if (double.IsFinite(value))
        {
            // The float of YAML 1.1 as PyYAML has it, which is one of YAML 1.2 too.
            Assert.Matches(@"\A-?[0-9]+\.[0-9]*([eE][-+][0-9]+)?\z", text);
            Assert.Equal(value, double.Parse(text, CultureInfo.InvariantCulture));
        }
        else
        {
            Assert.Matches(@"\A(\.nan|-?\.inf)\z", text);
        }
    });

    [Fact]
    public void A_row_of_trials_csv_is_read_back_field_by_field() => AnyText.Array[1, 6].Array[1, 4].Sample(rows =>
        Assert.Equal(rows, Rfc4180.Read(string.Concat(rows.Select(CsvText.Row)))));

    [Fact]
    public void A_text_in_trials_csv_is_no_formula_of_a_spreadsheet() => Gen.OneOf(AnyText, Gen.Select(
        Gen.OneOf("", " ", "\n \u00a0"),
        Gen.OneOf("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"),
        AnyText,
        (blank, sign, text) => blank + sign + text)).Sample(text =>
    {
        var cell = CsvText.Cell(text);
        var visible = VisibleText.OfLines(text);
        Assert.DoesNotContain(cell, c => char.IsControl(c) && c is not ('\t' or '\n' or '\r'));
        Assert.True(cell.Length == 0 || !"\t\r".Contains(cell[0], StringComparison.Ordinal), cell);
        Assert.True(cell.TrimStart() is not [var first, ..] || !"=+-@＝＋－＠".Contains(first, StringComparison.Ordinal), cell);
        Assert.True(cell == visible || cell == "'" + visible, cell);
    });

    [Theory]
    [InlineData("+1", "'+1")]
    [InlineData("-0.5", "'-0.5")]
    [InlineData(" =1+1", "' =1+1")]
    [InlineData("plain = text", "plain = text")]
    [InlineData("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")")]
    [InlineData("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("＝SUM(A1)", "'＝SUM(A1)")]
    [InlineData("－1+2", "'－1+2")]
    [InlineData("a\u001b[31mb\u009bc\0\u202e", "a\\u001b[31mb\\u009bc\\u0000\\u202e")]
    [InlineData("two\nlines\tand a tab", "two\nlines\tand a tab")]
    public void A_cell_is_escaped_as_spreadsheets_need_it(string text, string cell) => Assert.Equal(cell, CsvText.Cell(text));

    [Fact]
    public void An_option_that_is_a_number_stays_one_in_trials_csv_and_a_text_that_looks_like_one_does_not()
    {
        using var json = JsonDocument.Parse("""["+1", -1, "-1e3", null]""");
        var options = json.RootElement.EnumerateArray().Select(option => new SpaceOption(option, [], IsNumber: false));
        var parameter = new SpaceParameter("model_train.kind", [.. options], IsInteger: false);
        Assert.Equal([true, false, true, false], Enumerable.Range(0, 4).Select(index => parameter.IsText(index)));
        Assert.False(new SpaceParameter("model_train.rate", [], IsInteger: false).IsText(-0.5));
        Assert.Equal(["+1", "-1", "-1e3", "null", "-1"], new double[] { 0, 1, 2, 3, -1 }.Select(parameter.Text));
    }

    [Fact]
    public void Best_yaml_has_the_defaults_with_the_best_values_over_them()
    {
        using var json = JsonDocument.Parse("""
            {
              "format": 2, "version": "0.1.0", "name": "M", "optimization": null, "final_run": false,
              "space": { "params": [
                { "name": "model_train.rate", "dist": "loguniform", "args": [-12, 0] },
                { "name": "model_train.units", "dist": "quniform", "args": [0, 8, 2] },
                { "name": "model_create.kind", "dist": "choice", "options": ["yes", 1e-5, null, true] }
              ] },
              "integers": ["model_train.units"],
              "defaults": { "model_train": { "rate": 0.5, "layers": [3, 4.0], "more": { "a": "no" } } }
            }
            """);
        var yaml = Manifest.Read(json.RootElement).Functions;
        Assert.Equal(
            """
            # a comment
            # and another
            functions:
              model_train:
                rate: 1.0e-05
                layers: [3, 4.0]
                more: {a: 'no'}
                units: 6
              model_create:
                kind: 1.0e-05

            """,
            yaml.Write(
                ["a\ncomment", "and another"],
                new Dictionary<string, double> { ["model_train.rate"] = 1e-5, ["model_train.units"] = 6, ["model_create.kind"] = 1 }));
    }

    [Fact]
    public void Best_yaml_declares_the_types_that_its_values_do_not_say()
    {
        using var json = JsonDocument.Parse("""
            {
              "format": 2, "version": "0.1.0", "name": "M", "optimization": null, "final_run": false,
              "space": { "params": [ { "name": "model_create.kind", "dist": "choice", "options": ["relu", "yes", null] } ] },
              "defaults": { "model_train": { "momentum": 0.0, "limit": { "number": ".inf" }, "clip": null } },
              "types": { "model_create": { "kind": ["relu", "yes", null], "not_set": "long" }, "model_train": { "clip": "double?" } }
            }
            """);
        Assert.Equal(
            """
            # best
            functions:
              model_train:
                momentum: 0.0
                limit: .inf
                clip: null
              model_create:
                kind: 'yes'
              types:
                model_create:
                  kind: [relu, 'yes', null]
                model_train:
                  clip: 'double?'

            """,
            Manifest.Read(json.RootElement).Functions.Write(
                ["best"], new Dictionary<string, double> { ["model_create.kind"] = 1 }));
    }

    [Theory]
    [InlineData("xor", "xor")]
    [InlineData("Größe 2", "Größe 2")]
    public void An_ordinary_study_name_is_its_folder(string study, string folder) => Assert.Equal(folder, FolderName.Of(study));

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../../etc")]
    [InlineData("a/b")]
    [InlineData(@"C:\x")]
    [InlineData("NUL")]
    [InlineData("com1.txt")]
    [InlineData("a.")]
    [InlineData("\0")]
    public void No_study_name_leads_out_of_the_results_folder(string study)
    {
        var folder = FolderName.Of(study);
        Assert.Matches(@"\A(?!\.)[^/\\:\0]*_[0-9a-f]{8}\z", folder);
    }

    [Fact]
    public void Two_study_names_have_two_folders() =>
        Gen.Select(AnyText, AnyText).Where((a, b) => a != b).Sample((a, b) => Assert.NotEqual(FolderName.Of(a), FolderName.Of(b)));

    private static YamlScalarNode Value(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var mapping = (YamlMappingNode)stream.Documents[0].RootNode;
        return (YamlScalarNode)mapping.Children[new YamlScalarNode("a")];
    }
}
