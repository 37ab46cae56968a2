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
    public void A_slip_of_syntax_is_told_at_its_line(string marked, string reason) =>
        ExpectOne(marked, "LOGML0002", "This is not well-formed YAML: " + reason);

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
    [InlineData("[|space|]: {}", "LOGML0011", "'space' is not a section of a Log(ML) file; it belongs into 'hyper_parameter_optimization'")]
    [InlineData("[|max_evals|]: 3", "LOGML0011", "'max_evals' is not a section of a Log(ML) file; it belongs into 'hyper_parameter_optimization'")]
    [InlineData("functions: {[|rate|]: 0.1}", "LOGML0014", "'rate' is not a workflow step; write a parameter below its step: '<step>: { rate: ... }'")]
    [InlineData(
        "hyper_parameter_optimization: {space: {[|rate|]: [uniform, 0, 1]}}", "LOGML0014",
        "'rate' is not a workflow step; write a parameter below its step: '<step>: { rate: ... }'")]
    [InlineData(
        "hyper_parameter_optimization: {space: {[|model_train.rate|]: [uniform, 0, 1]}}", "LOGML0014",
        "'model_train.rate' is not a workflow step; write a parameter below its step: 'model_train: { rate: ... }'")]
    public void What_stands_in_the_wrong_place_is_sent_to_the_right_one(string marked, string id, string message) => ExpectOne(marked, id, message);

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
    public void Bounds_that_are_no_logarithms_are_one_warning(string value, string distribution, string message) =>
        ExpectOne(Parameter(value, distribution), "LOGML0060", message);

    [Theory]
    [InlineData("0.001", "[loguniform, -9, 0]")]
    [InlineData("1.0", "[loguniform, 0, 1]")]
    [InlineData("20.0", "[loguniform, 1, 5]")]
    [InlineData("100", "[qloguniform, 0, 6, 1]")]
    [InlineData("1.02", "[loguniform, log(1.01), log(1.05)]")]
    [InlineData("20.0", "[loguniform, log(2), 5]")]
    public void Logarithms_are_taken_as_they_are(string value, string distribution) => ReadClean(Parameter(value, distribution));
}
