using LogMl.Configuration.Model;
using static LogMl.Configuration.Tests.MarkedYaml;

namespace LogMl.Configuration.Tests;

/// <summary>YAML as such: syntax, anchors, merge keys, tags, encodings.</summary>
public class DocumentTests
{
    [Theory]
    [InlineData("functions:\n  model_train: {epochs: 3\nmodel:\n", "LOGML0002")]
    [InlineData("functions: [1, 2\n", "LOGML0002")]
    [InlineData("functions: 'open\n", "LOGML0002")]
    [InlineData("functions:\n  a: 1\n b: 2\n", "LOGML0002")]
    [InlineData("functions: @at\n", "LOGML0002")]
    [InlineData("functions: \"\\q\"\n", "LOGML0002")]
    [InlineData("%YAML 3.0\n---\na: 1\n", "LOGML0002")]
    public void Malformed_yaml_is_one_error_where_it_is(string yaml, string id)
    {
        var diagnostic = Assert.Single(Read(yaml).Diagnostics);

        Assert.Equal(id, diagnostic.Id);
        Assert.StartsWith("This is not well-formed YAML: ", diagnostic.Message, StringComparison.Ordinal);
        Assert.InRange(diagnostic.Span.Start, 0, yaml.Length);
        Assert.True(diagnostic.Span.EndLine <= diagnostic.Span.StartLine + 1);
    }

    [Fact]
    public void A_wrong_indentation_is_found_at_its_line()
    {
        var diagnostic = Assert.Single(Read("functions:\n  model_train:\n    epochs: 3\n   size: 4\n").Diagnostics);

        Assert.Equal(3, diagnostic.Span.StartLine);
    }

    [Fact]
    public void A_tab_that_indents_is_explained() =>
        ExpectOne("functions:\n[|\t|]model_train:\n", "LOGML0002", "This is not well-formed YAML: a tab cannot indent; use spaces");

    [Fact]
    public void What_stands_before_a_syntax_error_is_read()
    {
        var result = Read("functions:\n  model_train: {epochs: 3}\n  model_create: {num_neurons: [1, 2\n");

        Assert.Single(result.Diagnostics);
        Assert.Equal(["model_create", "model_train"], result.Configuration.Steps.Select(step => step.Name));
        Assert.Equal("epochs", result.Configuration.Steps[1].Parameters[0].Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n")]
    [InlineData("\uFEFF")]
    public void An_empty_file_is_a_warning(string yaml)
    {
        var result = Read(yaml);

        Assert.Equal(["LOGML0042"], result.Diagnostics.Select(diagnostic => diagnostic.Id));
        Assert.Equal(WorkflowConfiguration.Empty, result.Configuration);
    }

    [Fact]
    public void A_second_document_is_an_error()
    {
        var result = ExpectOne(
            "functions: {model_train: {epochs: 3}}\n[|---|]\nfunctions: {}\n",
            "LOGML0005",
            "A second YAML document starts here; a configuration is one document");

        Assert.Single(result.Configuration.Steps);
    }

    [Fact]
    public void Document_markers_and_a_version_are_legal() =>
        Assert.Single(ReadClean("%YAML 1.2\n---\nfunctions: {model_train: {epochs: 3}}\n...\n").Steps);

    [Fact]
    public void A_duplicate_key_names_the_line_of_the_first() =>
        ExpectOne("functions:\n  model_train:\n    epochs: 3\n    [|epochs|]: 4\n", "LOGML0010", "'epochs' is already defined in line 3");

    [Fact]
    public void A_duplicate_section_is_an_error() => ExpectOne("model:\n[|model|]:\n", "LOGML0010", "'model' is already defined in line 1");

    [Theory]
    [InlineData("[|[a, b]|]", "a list")]
    [InlineData("[|{a: b}|]", "a mapping")]
    [InlineData("[|~|]", "nothing")]
    public void A_key_must_be_a_name(string key, string found) =>
        ExpectOne($"functions:\n  model_train:\n    ? {key}\n    : 1\n", "LOGML0038", $"A key must be a name; found {found}");

    [Theory]
    [InlineData("[|!include x.yaml|]", "!include")]
    [InlineData("[|!!python/tuple [1, 2]|]", "!!python/tuple")]
    [InlineData("[1, [|!env HOME|]]", "!env")]
    [InlineData("[|!<tag:example.com,2000:x> 1|]", "tag:example.com,2000:x")]
    public void A_custom_tag_is_one_error_that_names_it(string marked, string tag) =>
        ExpectOne(Parameter(marked, null), "LOGML0009", $"The tag '{tag}' is not supported; write the value itself");

    [Fact]
    public void An_include_in_place_of_a_section_is_one_error() =>
        ExpectOne("functions: [|!include functions.yaml|]\n", "LOGML0009", "The tag '!include' is not supported; write the value itself");

    [Fact]
    public void A_tag_without_value_is_one_error_at_its_key() =>
        ExpectOne("[|functions|]: !defaults\nmodel:\n", "LOGML0009", "The tag '!defaults' is not supported; write the value itself");

    [Fact]
    public void An_include_in_place_of_a_distribution_is_one_error()
    {
        ExpectOne(
            Parameter("1", "[uniform, 0, [|!include x|]]"), "LOGML0009", "The tag '!include' is not supported; write the value itself");
    }

    /// <summary>YamlDotNet's own scanner loses the comma behind a scalar with an anchor in braces.</summary>
    [Theory]
    [InlineData("{a: &x 1, b: *x}")]
    [InlineData("{a: &x 1,\n      b: 1}")]
    [InlineData("{'a': &x !!int 1 , 'b': *x}")]
    [InlineData("{a: !!int &x 1, b: &y 1}")]
    [InlineData("{&k a: &x\n      1\n      , b: *x}")]
    public void An_anchor_stands_before_any_value_in_braces(string parameters)
    {
        var step = Assert.Single(ReadClean($"functions:\n  model_train:\n    {parameters}\n").Steps);
        Assert.Equal(["a", "b"], step.Parameters.Select(parameter => parameter.Name));
        Assert.All(step.Parameters, parameter => Assert.Equal(new ConfigurationValue.Integer(1), parameter.Default));
    }

    [Fact]
    public void Anchors_and_aliases_repeat_values()
    {
        var configuration = ReadClean("""
            functions:
              model_create: &shared {size: &size 3}
              model_train: *shared
            hyper_parameter_optimization:
              space:
                model_create: {size: &range [uniformint, 1, *size]}
                model_train: {size: *range}
            """);

        Assert.Equal(configuration.Steps[0].Parameters, configuration.Steps[1].Parameters);
        Assert.Equal(3, DistributionOf(configuration.Steps[1].Parameters[0]).Arguments[1]);
    }

    [Fact]
    public void A_mistake_that_an_alias_repeats_is_reported_once()
    {
        ExpectOne(
            "functions:\n  model_create: {size: 3}\n  model_train: {size: 3}\nhyper_parameter_optimization:\n  space:\n"
            + "    model_create: &space {size: [uniformint, [|9, 1|]]}\n    model_train: *space\n",
            "LOGML0024",
            "'uniformint' needs low < high; found low = 9, high = 1");
    }

    [Fact]
    public void Merge_keys_bring_what_the_mapping_does_not_have()
    {
        var steps = ReadClean("""
            functions:
              model_create: &base {size: 3, depth: 2}
              dataset_create: &more {depth: 9, noise: 0.5}
              model_train:
                <<: [*base, *more]
                size: 4
            """).Steps;

        var train = steps.Single(step => step.Name == "model_train").Parameters;
        Assert.Equal(["size", "depth", "noise"], train.Select(parameter => parameter.Name));
        Assert.Equal(
            [new ConfigurationValue.Integer(4), new ConfigurationValue.Integer(2)], train.Take(2).Select(parameter => parameter.Default));
    }

    [Fact]
    public void A_merge_key_needs_a_mapping() =>
        ExpectOne("functions:\n  model_train:\n    <<: [|3|]\n", "LOGML0041", "'<<' merges a mapping or a list of mappings; found '3'");

    [Theory]
    [InlineData("functions: {model_train: {a: [|*nowhere|]}}\n", "nowhere", "has no anchor before it")]
    [InlineData("functions: &all\n  model_train: [|*all|]\n", "all", "stands inside of what it repeats")]
    public void An_alias_needs_an_anchor_before_it(string marked, string name, string reason) =>
        ExpectOne(marked, "LOGML0008", $"The alias '*{name}' {reason}");

    [Fact]
    public void A_byte_order_mark_counts_as_a_character() =>
        ExpectOne("\uFEFF[|modle|]: {a: 1}\n", "LOGML0011", "'modle' is not a section of a Log(ML) file; did you mean 'model'? There are: functions, dataset, ...");

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void Spans_are_right_with_any_line_end_and_any_character(string lineEnd)
    {
        ExpectOne(
            "# \U0001F600 é\r\ndataset: {name: '\U0001F600'}\r\nfunctions:\r\n  model_train: {icon: '\U0001F600', [|'1st'|]: 2}\r\n"
                .Replace("\r\n", lineEnd, StringComparison.Ordinal),
            "LOGML0037",
            "'1st' cannot be a parameter: it does not make a C# identifier");
    }

    [Fact]
    public void Line_ends_are_not_part_of_the_configuration()
    {
        const string yaml = "functions:\n  model_train: {text: 'a\n\n    b', epochs: 3}\n";

        Assert.Equal(ReadClean(yaml), ReadClean(yaml.Replace("\n", "\r\n", StringComparison.Ordinal)));
    }

    [Fact]
    public void Text_that_was_not_utf_8_is_one_error()
    {
        ExpectOne(
            "# gr[|\uFFFD|]\uFFFDe\nfunctions: {gr\uFFFDsse: 1}\n",
            "LOGML0003",
            "The file is not UTF-8: a byte here is not a character (it reads as U+FFFD); save the file as UTF-8");
    }

    [Theory]
    [InlineData('\0', "0000")]
    [InlineData('\u0007', "0007")]
    [InlineData('\u009F', "009F")]
    [InlineData('\uD800', "D800")]
    [InlineData('\uFFFF', "FFFF")]
    public void A_control_character_is_one_error(char character, string code) =>
        ExpectOne($"model:\n  name: [|{character}|]\n", "LOGML0004", $"The character U+{code} is not allowed in YAML");
}
