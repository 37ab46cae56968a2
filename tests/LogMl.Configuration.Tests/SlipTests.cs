using LogMl.Configuration.Model;
using static LogMl.Configuration.Tests.MarkedYaml;

namespace LogMl.Configuration.Tests;

/// <summary>The usual slips: each is one diagnostic, at the line where it was made, which says what to write.</summary>
public class SlipTests
{
    [Theory]
    [InlineData("functions:\n  [|model_train|]\n    epochs: 3\n", "a colon is missing: write 'model_train:'")]
    [InlineData("[|functions|]\n  model_train:\n", "a colon is missing: write 'functions:'")]
    [InlineData("functions:\n  model_train:\n    [|rate 0.1|]\n    epochs: 3\n", "a colon is missing: write 'rate: 0.1'")]
    [InlineData("functions:\n  model_train:\n    epochs: 3\n    [|rate 0.1|] # so far\n", "a colon is missing: write 'rate: 0.1'")]
    [InlineData("functions:\n  model_train:\n    [|rate 0.1|]\n    # the number of rounds\n\n    epochs: 3\n", "a colon is missing: write 'rate: 0.1'")]
    [InlineData("functions:\n  model_train:\n    [|rate:0.1|]\n    epochs: 3\n", "a space is missing after the colon: write 'rate: 0.1'")]
    [InlineData("functions:\n  model_train:\n    epochs: 3\n    [|rate:0.1|]\n", "a space is missing after the colon: write 'rate: 0.1'")]
    [InlineData("functions:\n  model_train:\n    name: [|a: b|]\n", "a value with a colon needs quotes: 'a: b'")]
    [InlineData("functions:\n  model_train:\n    epochs: 3\n      [|rate: 0.1|]\n", "this is indented below a key that has a value already; indent it like that key")]
    [InlineData("functions:\n  model_train:\n    epochs: 3\n   [|rate: 0.1|]\n", "this is indented by 3, and no key above that it could belong to is (0, 2, 4)")]
    [InlineData("functions:\n  model_train:\n    epochs: 3\n    [|- rate|]\n", "an item of a list stands among the keys of a mapping")]
    [InlineData("functions:\n  model_train:\n    name: [|'|]open\n    epochs: 3\n", "the quote that opens here is never closed")]
    [InlineData("functions:\n  model_train:\n    name: [|\"|]C:\\data\"\n", "a backslash in double quotes begins an escape; write it twice, or use single quotes")]
    [InlineData("functions:\n  model_train:\n    name: [|@|]home\n", "no value can begin with '@'; put it in quotes")]
    [InlineData("functions:\n  model_train: { rate: 0.1 epochs[|:|] 3 }\n", "a ',' or a '}' is missing before this (the '{' of line 2 is still open)")]
    [InlineData("functions:\n  model_train: { sizes: [1, 2 [|}|]\n", "a ',' or a ']' is missing before this (the '[' of line 2 is still open)")]
    [InlineData("functions:\n  model_train:\n    sizes: [1, 2][|]|]\n    epochs: 3\n", "nothing is open that this ']' could close")]
    [InlineData("functions:\n  model_train: { rate: 0.1 }[|}|]\n", "nothing is open that this '}' could close")]
    [InlineData("functions:\n  model_train:\n    rate: 0.1\n    [|}|]\n", "nothing is open that this '}' could close")]
    [InlineData("functions: { model_train: { rate: 0.1 } }[|}|]\n", "nothing is open that this '}' could close")]
    [InlineData("functions:\n  model_train:\n    sizes:\n      - 1\n      [|2|]\n", "the dash of this item of the list is missing: write '- 2'")]
    [InlineData("functions:\n  model_train:\n    sizes:\n      - - a\n        - b\n      [|dtree:|]\n          depth: 3\n", "the dash of this item of the list is missing: write '- dtree:', indented by 8 as the item above")]
    [InlineData("functions:\n  model_train:\n    sizes:\n      [|- svm|]\n          depth: 3\n", "a colon is missing: write '- svm:'")]
    [InlineData("functions:\n  model_train:\n    [|kernel [linear, {rbf: {gamma: 1}}]|]\n", "a colon is missing: write 'kernel: [linear, {rbf: {gamma: 1}}]'")]
    [InlineData("functions:\n  model_train: { sizes: { a: 1, {b: 2}[|]|] }\n", "a ',' or a '}' is missing before this (the '{' of line 2 is still open)")]
    public void A_slip_of_syntax_is_told_at_its_line(string marked, string reason) =>
        ExpectOne(marked, "LOGML0002", "This is not well-formed YAML: " + reason);

    [Theory]
    [InlineData("functions:\n  model_train\n    epochs: 3\n    rate: 0.1\n")]
    [InlineData("functions:\n  model_train:\n    epochs 3\n    rate: 0.1\n")]
    [InlineData("functions:\n  model_train:\n    epochs:3\n    rate: 0.1\n")]
    [InlineData("functions:\n  model_train:\n      epochs: 3\n    rate: 0.1\n")]
    [InlineData("functions:\n  model_train:\n\tepochs: 3\n\trate: 0.1\n")]
    [InlineData("functions:\n  model_train: { epochs: [1, 2, rate: 0.1 }\n")]
    [InlineData("functions:\n  model_train: { epochs: 1, 2], rate: 0.1 }\n")]
    [InlineData("functions:\r\n  model_train:\r\n    epochs 3\r\n    rate: 0.1\r\n")]
    public void A_slip_moves_no_position(string yaml)
    {
        var positions = Read(yaml).Positions;

        Assert.Contains(positions.Entries, entry => entry.Path == "functions.model_train.rate");
        Assert.All(positions.Entries, entry => Assert.Equal(
            entry.Path.Split('.').Last(), yaml.Substring(entry.Span.Start, entry.Span.Length)));
    }

    [Theory]
    [InlineData("functions:\n  model_train: {rate: [0.1, 0.2]}\n[|\t|]model_create: {}\n")]
    [InlineData("functions:\n  model_train:\n    rate: [0.1,\n[|\t|]0.2]\n")]
    [InlineData("functions:\n  model_train: {\n    rate: 0.1,\n[|\t|]epochs: 3 }\n")]
    public void A_tab_is_not_explained_by_a_bracket(string marked) =>
        ExpectOne(marked, "LOGML0002", "This is not well-formed YAML: a tab cannot indent; use spaces");

    [Theory]
    [InlineData("functions:\n  model_train: {epochs: 3}\n# bell [|\u0007|]")]
    [InlineData("functions:\n  model_train:\n    epochs: 3[|\u0007|]")]
    [InlineData("# bell [|\u0007|]\nfunctions:\n  model_train:\n    epochs: 3\n")]
    public void A_control_character_leaves_the_rest_of_the_file(string marked)
    {
        var result = ExpectOne(marked, "LOGML0004", "The character U+0007 is not allowed in YAML");

        Assert.True(result.Configuration.IsIncomplete);
        Assert.Equal(new ConfigurationValue.Integer(3), OnlyParameter(result.Configuration).Default);
    }

    [Theory]
    [InlineData("[|function|]:\n  model_train: {rate: 0.5}\nhyper_parameter_optimization:\n  space: {model_train: {rate: [uniform, 0, 1]}}\n", "LOGML0011")]
    [InlineData("functions:\n  [|model_trian|]: {rate: 0.5}\nhyper_parameter_optimization:\n  space: {model_train: {rate: [uniform, 0, 1]}}\n", "LOGML0014")]
    [InlineData("functions:\n  model_train: {rate: 0.5}\n[|hyper_parameter_optimisation|]:\n  space: {model_train: {rate: [uniform, 0, 1]}}\n", "LOGML0011")]
    [InlineData("functions:\n  model_train: {rate: 0.5}\nhyper_parameter_optimization:\n  [|search_space|]: {model_train: {rate: [uniform, 0, 1]}}\n", "LOGML0015")]
    [InlineData("functions:\n  model_train: {rate: 0.5}\n[|space|]: {model_train: {rate: [uniform, 0, 1]}}\n", "LOGML0011")]
    [InlineData("functions:\n  model_train: {rate: 0.5}\nhyper_parameter_optimization:\n  space: {model_train: {[|ratte|]: [uniform, 0, 1]}}\n", "LOGML0012")]
    public void What_stands_below_a_misspelt_key_is_read(string marked, string id)
    {
        var parameter = OnlyParameter(ExpectOne(marked, id, "'...").Configuration);

        Assert.Equal(("rate", new ConfigurationValue.Number(0.5)), (parameter.Name, parameter.Default));
        Assert.Equal([0, 1], DistributionOf(parameter).Arguments);
    }

    [Theory]
    [InlineData("functions:\n  model_train: { [|rate 0.5|], epochs: 3 }\n", "'rate 0.5' without a colon: write 'rate: 0.5'")]
    [InlineData(
        "functions:\n  model_train: { [|rate:0.5|], epochs: 3 }\n", "'rate:0.5' without a space after the colon: write 'rate: 0.5'")]
    [InlineData(
        "functions:\n  model_train: { epochs: 3, [|rate:0.5|] }\n", "'rate:0.5' without a space after the colon: write 'rate: 0.5'")]
    [InlineData("functions:\n  model_train: { rate: 0.5, [|epochs 3|] }\n", "'epochs 3' without a colon: write 'epochs: 3'")]
    [InlineData("functions:\n  model_train: {\n    rate: 0.5,\n    [|epochs\n    3|] }\n", "'epochs 3' without a colon: write 'epochs: 3'")]
    [InlineData("functions:\n  model_train: { rate: 0.5, epochs: 3, name: [|f(a, b)|] }\n", "a part of 'f(a, b)', which the ',' of a mapping in braces has cut; put the value in quotes: 'f(a, b)'")]
    [InlineData("functions:\n  model_train: { rate: 0.5, epochs: 3 }\ndataset: { noise: [|normal(0, max(1, 2))|], seed: 1 }\n", "a part of 'normal(0, max(1, 2))', which the ',' of a mapping in braces has cut; ...")]
    [InlineData("functions:\n  model_train: { rate: 0.5, epochs: 3 }\nhyper_parameter_optimization: { algorithm: { name: tpe, [|gamma 0.5|] } }\n", "'gamma 0.5' without a colon: write 'gamma: 0.5'")]
    [InlineData("functions:\n  model_train: { rate: [|0,5|], epochs: 3 }\n", "a part of '0,5', which the ',' of a mapping in braces has cut; a decimal point is '.': write '0.5'")]
    public void A_slip_in_flow_style_that_YAML_takes_without_a_word_is_told(string marked, string found)
    {
        var parameters =
            Assert.Single(ExpectOne(marked, "LOGML0038", "A key must be a name; found " + found).Configuration.Steps).Parameters;

        Assert.Equal(new ConfigurationValue.Number(0.5), parameters.Single(parameter => parameter.Name == "rate").Default);
        Assert.Equal(new ConfigurationValue.Integer(3), parameters.Single(parameter => parameter.Name == "epochs").Default);
    }

    [Theory]
    [InlineData("model_train: { 'min-data.in leaf': 1, a b: 2 }", "min-data.in leaf", "a b")]
    [InlineData("model_train: { a b: , c: }", "a b", "c")]
    [InlineData("model_train: { a b: # x, y\n  , c }", "a b", "c")]
    [InlineData("model_train: { 'a b', \"c d\" }", "a b", "c d")]
    [InlineData("model_train: { &x a b : 1, c: *x }", "a b", "c")]
    [InlineData("model_train:\n    a b:\n    c d: 1", "a b", "c d")]
    [InlineData("model_train:\n    ? a b\n    c: 1", "a b", "c")]
    [InlineData("model_train: { a: 'f(x', b }", "a", "b")]
    [InlineData("model_train: { a: 'f(x, y)', b: 'normal(0, 1)' }", "a", "b")]
    public void A_name_with_a_space_is_legal_where_it_cannot_be_a_slip(string functions, string first, string second) => Assert.Equal(
        [first, second], Assert.Single(ReadClean("functions:\n  " + functions + "\n").Steps).Parameters.Select(
            parameter => parameter.Name));

    [Theory]
    [InlineData("{ rate: [|uniform(0, 1)|], epochs: 3 }", "'rate: [uniform, 0, 1]'", true, ParameterKind.Double)]
    [InlineData("{ epochs: 3, rate: [|Uniform(0,1)|] }", "'rate: [uniform, 0, 1]'", true, ParameterKind.Double)]
    [InlineData("{ rate: [|[uniform, 0, 1]|], epochs: 3 }", "'rate: [uniform, 0, 1]'", false, ParameterKind.Double)]
    [InlineData("{ rate: [|['randint', 9]|], epochs: 3 }", "'rate: [randint, 9]'", false, ParameterKind.Int)]
    [InlineData("{ rate: [|[choice, [relu, tanh]]|], epochs: 3 }", "'rate: [choice, [relu, tanh]]'", false, ParameterKind.Enum)]
    [InlineData(
        "{ rate: [|[pchoice, [[0.5, 1], [0.5, 2]]]|], epochs: 3 }", "'rate: [pchoice, [[0.5, 1], [0.5, 2]]]'", false, ParameterKind.Int)]
    [InlineData("\n    rate: [|choice(['relu', 'tanh'])|]\n    epochs: 3", "'rate: [choice, ['relu', 'tanh']]'", true, ParameterKind.Enum)]
    [InlineData("\n    rate: [|normal(0, 1)|]\n    epochs: 3", "'rate: [normal, 0, 1]'", true, ParameterKind.Double)]
    public void A_distribution_in_the_place_of_a_default_is_sent_to_the_space(
        string functions, string remedy, bool mayBeText, ParameterKind kind)
    {
        var result = ExpectOne(
            $"functions:\n  model_train: {functions}\n",
            "LOGML0017",
            $"The default of 'rate' must be a value; found a distribution: write {remedy} below the step in 'hyper_parameter_optimization.space'"
                + (mayBeText ? " (if a text is meant, put it in quotes)" : ""));

        var parameters = Assert.Single(result.Configuration.Steps).Parameters;
        Assert.Equal(2, parameters.Count);
        Assert.Equal((kind, null), (parameters.Single(parameter => parameter.Name == "rate").Type.Kind, parameters.Single(
            parameter => parameter.Name == "rate").Distribution));
    }

    [Theory]
    [InlineData("[normal, uniform]", null)]
    [InlineData("[choice, a, null]", null)]
    [InlineData("'normal(0, 1)'", null)]
    [InlineData("[uniform, 0, 1]", "'string[]'")]
    public void What_only_looks_like_a_distribution_is_a_default(string value, string? type) => ReadClean(
        $"functions:\n  model_train: {{ p: {value} }}\n" + (type is null ? "" : $"  types: {{ model_train: {{ p: {type} }} }}\n"));

    [Theory]
    [InlineData("{ x1: [|uniform(0, 1)|], x2: [uniform, 0, 1] }")]
    [InlineData("\n      x1: [|uniform(0, 1)|]\n      x2: [uniform, 0, 1]")]
    public void A_distribution_that_is_written_as_a_call_is_shown_as_a_list(string space)
    {
        var result = ExpectOne(
            $"functions:\n  model_train: {{ x1: 0.5, x2: 0.5 }}\nhyper_parameter_optimization:\n  space:\n    model_train: {space}\n",
            "LOGML0021",
            "The distribution of 'x1' must be a list such as [uniform, 0, 1]; found 'uniform(0, 1)'");

        Assert.Equal(["x1", "x2"], Assert.Single(result.Configuration.Steps).Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void A_space_below_functions_is_read_all_the_same()
    {
        var result = ExpectOne(
            "functions:\n  model_train: { rate: 0.5 }\n  [|space|]: { model_train: { rate: [uniform, 0, 1] } }\n",
            "LOGML0014",
            "'space' is not a workflow step; it belongs into 'hyper_parameter_optimization'");

        Assert.Equal([0, 1], DistributionOf(OnlyParameter(result.Configuration)).Arguments);
    }

    [Fact]
    public void A_section_below_functions_is_sent_beside_it() => ExpectOne(
        "functions:\n  model_train: { rate: 0.5 }\n  [|hyper_parameter_optimization|]:\n    max_evals: 3\n",
        "LOGML0014",
        "'hyper_parameter_optimization' is not a workflow step; it belongs beside 'functions', and not below it");

    [Theory]
    [InlineData("[|space|]: {}", "LOGML0011", "'space' is not a section of a Log(ML) file; it belongs into 'hyper_parameter_optimization'")]
    [InlineData(
        "[|RandomForest|]:\n  functions:\n    model_create: {n: 3}\n  model: {a: 1}\n", "LOGML0011",
        "'RandomForest' is not a section of a Log(ML) file; sections stand at the beginning of a line: remove this line, and the indentation of those below it")]
    [InlineData("[|max_evals|]: 3", "LOGML0011", "'max_evals' is not a section of a Log(ML) file; it belongs into 'hyper_parameter_optimization'")]
    [InlineData("functions: {[|rate|]: 0.1}", "LOGML0014", "'rate' is not a workflow step; write a parameter below its step: '<step>: { rate: ... }'")]
    [InlineData(
        "hyper_parameter_optimization: {space: {[|rate|]: [uniform, 0, 1]}}", "LOGML0014",
        "'rate' is not a workflow step; write a parameter below its step: '<step>: { rate: ... }'")]
    [InlineData(
        "hyper_parameter_optimization: {space: {[|model_train.rate|]: [uniform, 0, 1]}}", "LOGML0014",
        "'model_train.rate' is not a workflow step; write a parameter below its step: 'model_train: { rate: ... }'")]
    public void What_stands_in_the_wrong_place_is_sent_to_the_right_one(string marked, string id, string message) =>
        ExpectOne(marked, id, message);

    [Theory]
    [InlineData("model_train.rate")]
    [InlineData("rate")]
    public void A_parameter_of_a_point_that_stands_in_the_place_of_a_step_is_sent_below_it(string key) => ExpectOne(
        "functions: {model_train: {rate: 0.5}}\nhyper_parameter_optimization:\n  space: {model_train: {rate: [uniform, 0, 1]}}\n"
            + $"  points_to_evaluate: [{{[|{key}|]: 0.3}}]\n",
        "LOGML0046",
        $"The space has no step '{key}', so that a point cannot set it; write 'model_train: {{ rate: ... }}'");

    [Theory]
    [InlineData("seed: 3", "write 'random_seed'")]
    [InlineData("n_trials: 3", "write 'max_evals'")]
    [InlineData("n_jobs: 3", "write 'workers'")]
    [InlineData("sampler: tpe", "write 'algorithm'")]
    [InlineData("direction: maximize", "the loss is minimized; to maximize a figure, let model_evaluate give its negative")]
    [InlineData("metric: accuracy", "what is optimized is the loss that model_evaluate gives")]
    [InlineData("study_name: a", "the build property HyperOptStudy names the study")]
    public void A_key_of_another_library_gets_ours(string entry, string advice)
    {
        var key = entry[..entry.IndexOf(':', StringComparison.Ordinal)];
        ExpectOne(
            "hyper_parameter_optimization:\n  " + entry.Replace(key, "[|" + key + "|]", StringComparison.Ordinal),
            "LOGML0015",
            $"'{key}' is not a key of 'hyper_parameter_optimization'; {advice}");
    }

    [Theory]
    [InlineData("[relu, 0.3], [tanh, 0.7]", "write [0.3, relu] instead of [relu, 0.3], and so for all", "relu")]
    [InlineData("[16, 0.3], [32, 0.7]", "write [0.3, 16] instead of [16, 0.3], and so for all", "16")]
    [InlineData("[0.1, 0.3], [0.2, 0.7]", "write [0.3, 0.1] instead of [0.1, 0.3], and so for all", "0.2")]
    public void Swapped_pairs_are_one_error(string pairs, string advice, string value)
    {
        var end = pairs.IndexOf(']', StringComparison.Ordinal) + 1;
        var result = ExpectOne(
            Parameter(value, $"[pchoice, [[|{pairs[..end]}|]{pairs[end..]}]]"), "LOGML0061", "The pairs of 'pchoice' are [probability, option]; " + advice);

        Assert.Equal([0.3, 0.7], DistributionOf(OnlyParameter(result.Configuration)).Probabilities);
    }

    [Theory]
    [InlineData("0.01", "[loguniform, [|0.0001, 0.1|]]", "'loguniform' takes the natural logarithms of its bounds, so that its values are 1.0001 to 1.1052; for values from 0.0001 to 0.1 write log(0.0001), log(0.1)")]
    [InlineData("64", "[qloguniform, [|16, 256|], 1]", "'qloguniform' takes the natural logarithms of its bounds, so that its values are 8.8861E+06 to 1.5114E+111; ...")]
    [InlineData("2.0", "[loguniform, [|1, 5|]]", "'loguniform' takes the natural logarithms of its bounds, so that its values are 2.7183 to 148.41; for values from 1 to 5 write log(1), log(5)")]
    [InlineData("0.01", "[loguniform, [|log(0.0001), 0.1|]]", "'loguniform' takes the natural logarithms of its bounds, so that its values are 0.0001 to 1.1052; for values from 0.0001 to 0.1 write log(0.0001), log(0.1)")]
    [InlineData("20.0", "[loguniform, [|log(2), 5|]]", "'loguniform' takes the natural logarithms of its bounds, so that its values are 2 to 148.41; for values from 2 to 5 write log(2), log(5)")]
    [InlineData("64", "[qloguniform, [|3, 'log( 256 )'|], 1]", "'qloguniform' takes the natural logarithms of its bounds, so that its values are 20.086 to 256; for values from 3 to 256 write log(3), log(256)")]
    public void Bounds_that_are_no_logarithms_are_one_warning(string value, string distribution, string message) =>
        ExpectOne(Parameter(value, distribution), "LOGML0060", message);

    [Theory]
    [InlineData("0.001", "[loguniform, -9, 0]")]
    [InlineData("1.0", "[loguniform, 0, 1]")]
    [InlineData("20.0", "[loguniform, 1, 5]")]
    [InlineData("100", "[qloguniform, 0, 6, 1]")]
    [InlineData("1.02", "[loguniform, log(1.01), log(1.05)]")]
    [InlineData("0.1", "[loguniform, log(0.001), 0]")]
    [InlineData("0.1", "[loguniform, -9, log(1)]")]
    [InlineData("3.0", "[loguniform, log(2), 1.5]")]
    public void Logarithms_are_taken_as_they_are(string value, string distribution) => ReadClean(Parameter(value, distribution));
}
