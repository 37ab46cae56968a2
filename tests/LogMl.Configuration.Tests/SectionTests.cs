using LogMl.Configuration.Diagnostics;
using LogMl.Configuration.Model;
using static LogMl.Configuration.Tests.MarkedYaml;

namespace LogMl.Configuration.Tests;

/// <summary>Sections, steps and the keys of hyper_parameter_optimization.</summary>
public class SectionTests
{
    [Fact]
    public void A_misspelt_section_gets_a_suggestion()
    {
        ExpectOne(
            "model:\n[|funktions|]:\n  model_train:\n",
            "LOGML0011",
            "'funktions' is not a section of a Log(ML) file; did you mean 'functions'? There are: functions, dataset, ...");
    }

    [Fact]
    public void A_section_that_resembles_nothing_gets_no_suggestion() =>
        ExpectOne(
            "[|kubernetes|]: 1\n", "LOGML0011", "'kubernetes' is not a section of a Log(ML) file; there are: functions, dataset, ...");

    [Fact]
    public void A_step_at_the_top_is_sent_to_functions()
    {
        ExpectOne(
            "[|model_train|]: {epochs: 3}\n",
            "LOGML0011",
            "'model_train' is not a section of a Log(ML) file; did you mean 'functions.model_train'?");
    }

    [Theory]
    [InlineData("logger")]
    [InlineData("dataset_explore")]
    [InlineData("dataset_preprocess")]
    [InlineData("model_search")]
    public void A_section_of_LogMl_that_is_not_used_is_information_only(string section)
    {
        var result = ExpectOne(
            $"[|{section}|]:\n  models: !include models_search/*.yaml\n  models: twice\n",
            "LOGML0016",
            $"'{section}' is part of Log(ML), but LogMl.Sdk does not use it");

        Assert.Equal(DiagnosticLevel.Info, result.Diagnostics[0].Definition.Severity);
    }

    [Theory]
    [InlineData("model_search", "yes", "one model is tuned; several can be options of a choice in the space")]
    [InlineData("dataset_transform", "True", "nothing is transformed, unless the step dataset_preprocess does it")]
    public void An_enabled_section_that_would_change_the_loss_is_a_warning_at_its_line(string section, string on, string instead)
    {
        var result = ExpectOne(
            $"model:\n[|{section}|]:\n  enable: {on}\n  models: !include models_search/*.yaml\n",
            "LOGML0048",
            $"'{section}' is enabled, but LogMl.Sdk does not use it: {instead}");

        Assert.Equal(DiagnosticLevel.Warning, result.Diagnostics[0].Definition.Severity);
        ExpectOne($"[|{section}|]: {{ enable: false }}\n", "LOGML0016", $"'{section}' is part of Log(ML), but LogMl.Sdk does not use it");
    }

    [Theory]
    [InlineData("dataset_augment", "true", true)]
    [InlineData("dataset_preprocess", "true", true)]
    [InlineData("dataset_explore", "true", false)]
    [InlineData("dataset_preprocess", "false", false)]
    public void An_enabled_section_that_a_step_replaces_is_told_to_who_knows_the_steps(string section, string enable, bool expected)
    {
        var result = Read($"{section}: {{ enable: {enable} }}");

        Assert.Equal(expected ? [section] : [], result.Configuration.EnabledSections);
        Assert.Equal(expected ? [] : ["LOGML0016"], result.Diagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void A_disabled_model_with_an_enabled_search_is_an_error()
    {
        const string Search = "hyper_parameter_optimization:\n  enable: {0}\n  space: {}\n";
        ExpectOne(
            "model:\n  [|enable|]: false\n" + Search.Replace("{0}", "true", StringComparison.Ordinal),
            "LOGML0049",
            "'model' is disabled and 'hyper_parameter_optimization' is enabled: there is nothing to search; disable the search, or remove this line");

        ReadClean("model:\n  enable: false\n" + Search.Replace("{0}", "false", StringComparison.Ordinal));
        ReadClean("model:\n  enable: true\n" + Search.Replace("{0}", "true", StringComparison.Ordinal));
    }

    [Fact]
    public void A_nested_setting_is_information_only()
    {
        ExpectOne(
            "dataset:\n  [|impute|]: {mean: [x1]}\n  name: a\n",
            "LOGML0016",
            "'dataset.impute' is part of Log(ML), but LogMl.Sdk does not use it");
    }

    [Fact]
    public void A_misspelt_step_gets_a_suggestion()
    {
        ExpectOne(
            "functions:\n  [|modle_train|]: {epochs: 3}\n",
            "LOGML0014",
            "'modle_train' is not a workflow step; did you mean 'model_train'? There are: dataset_load, dataset_create, ...");
    }

    [Fact]
    public void A_misspelt_step_of_the_space_gets_a_suggestion()
    {
        ExpectOne(
            "functions: {model_create: {n: 1}}\nhyper_parameter_optimization:\n  space:\n    [|model_crate|]:\n      n: ['randint', 3]\n",
            "LOGML0014",
            "'model_crate' is not a workflow step; did you mean 'model_create'? There are: dataset_load, dataset_create, ...");
    }

    [Fact]
    public void The_transform_step_of_LogMl_is_information_only()
    {
        ExpectOne(
            "functions:\n  [|dataset_transform|]: {a: 1}\n",
            "LOGML0016",
            "'functions.dataset_transform' is part of Log(ML), but LogMl.Sdk does not use it");
    }

    [Fact]
    public void The_old_step_names_are_aliases()
    {
        var configuration = ReadClean("""
            functions:
              augment: {factor: 2}
              preprocess: {center: true}
            hyper_parameter_optimization:
              space:
                augment: {factor: ['uniformint', 1, 4]}
            """);

        Assert.Equal(["dataset_augment", "dataset_preprocess"], configuration.Steps.Select(step => step.Name));
        Assert.NotNull(configuration.Steps[0].Parameters[0].Distribution);
    }

    [Fact]
    public void A_step_and_its_alias_are_one_step_twice()
    {
        ExpectOne(
            "functions:\n  augment: {a: 1}\n  [|dataset_augment|]: {b: 1}\n",
            "LOGML0040",
            "'augment' and 'dataset_augment' are the same step");
    }

    [Fact]
    public void Enable_false_switches_a_step_off()
    {
        var steps = ReadClean("functions:\n  dataset_split: {enable: no, split_test: 0.3}\n  model_train: {enable: 'True'}\n").Steps;

        Assert.Equal([false, true], steps.Select(step => step.Enabled));
        Assert.Equal(["split_test"], steps[0].Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Enable_of_a_step_must_be_true_or_false()
    {
        ExpectOne(
            "functions:\n  model_train:\n    enable: [|maybe|]\n",
            "LOGML0017",
            "'functions.model_train.enable' must be true or false; found 'maybe'");
    }

    [Fact]
    public void A_step_must_be_a_mapping()
    {
        ExpectOne(
            "functions:\n  model_train: [|[epochs, 3]|]\n",
            "LOGML0017",
            "'functions.model_train' must be a mapping of keys to values; found a list");
    }

    [Fact]
    public void A_section_must_be_a_mapping() =>
        ExpectOne("functions: [|on|]\n", "LOGML0017", "'functions' must be a mapping of keys to values; found 'on'");

    [Fact]
    public void A_configuration_must_be_a_mapping() =>
        ExpectOne("[|- functions\n- model|]\n", "LOGML0017", "A configuration must be a mapping of keys to values; found a list");

    [Fact]
    public void An_unknown_key_of_the_optimization_gets_a_suggestion()
    {
        ExpectOne(
            "hyper_parameter_optimization:\n  [|max_eval|]: 10\n",
            "LOGML0015",
            "'max_eval' is not a key of 'hyper_parameter_optimization'; did you mean 'max_evals'? There are: enable, algorithm, ...");
    }

    [Fact]
    public void An_unknown_algorithm_in_a_mapping_is_told_at_its_name() => _ = ExpectOne(
        "hyper_parameter_optimization:\n  algorithm: {name: [|cma|]}\n",
        "LOGML0018",
        "'cma' is not an algorithm; there are: " + string.Join(", ", LogMl.Shared.Algorithms.Names));

    [Fact]
    public void An_unknown_algorithm_gets_a_suggestion()
    {
        var result = ExpectOne(
            "hyper_parameter_optimization:\n  algorithm: [|'rndom'|]\n",
            "LOGML0018",
            "'rndom' is not an algorithm; did you mean 'random'? There are: " + string.Join(", ", LogMl.Shared.Algorithms.Names));

        Assert.Equal(new ConfigurationValue.Text("auto"), result.Configuration.Optimization?["algorithm"]);
    }

    [Theory]
    [InlineData("0", "LOGML0019", "'max_evals' must be a whole number of at least 1; found 0")]
    [InlineData("-3", "LOGML0019", "'max_evals' must be a whole number of at least 1; found -3")]
    [InlineData("3000000000", "LOGML0019", "'max_evals' must be a whole number of at most 2147483647; found 3000000000")]
    [InlineData("many", "LOGML0017", "'max_evals' must be a whole number of at least 1; found 'many'")]
    [InlineData("1.5", "LOGML0017", "'max_evals' must be a whole number of at least 1; found '1.5'")]
    public void Max_evals_must_be_a_positive_integer(string value, string id, string message)
    {
        var result = ExpectOne($"hyper_parameter_optimization:\n  max_evals: [|{value}|]\n", id, message);

        Assert.Equal(new ConfigurationValue.Integer(100), result.Configuration.Optimization?["max_evals"]);
    }

    [Theory]
    [InlineData("enable", "1", "'enable' must be true or false; found '1'")]
    [InlineData("show_progressbar", "[yes]", "'show_progressbar' must be true or false; found a list")]
    [InlineData("random_seed", "seven", "'random_seed' must be a whole number from -9223372036854775808 to 9223372036854775807; found 'seven'")]
    [InlineData("algorithm", "[a]", "'algorithm' must be a name, or a mapping with a name and options; found a list")]
    public void Settings_of_the_wrong_kind_keep_their_default(string key, string value, string message)
    {
        var result = ExpectOne($"hyper_parameter_optimization: {{{key}: [|{value}|]}}\n", "LOGML0017", message);

        Assert.Equal(MarkedYaml.Search(true, "auto", 100, null, true), result.Configuration.Optimization);
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("'off'", false)]
    [InlineData("TRUE", true)]
    public void A_switch_may_be_written_in_the_ways_of_both_yaml_versions(string value, bool expected) =>
        Assert.Equal(expected, ReadClean($"hyper_parameter_optimization: {{enable: {value}}}").Optimization?.IsEnabled);

    [Fact]
    public void A_key_without_value_keeps_its_default()
    {
        var optimization =
            ReadClean("hyper_parameter_optimization:\n  enable:\n  max_evals: ~\n  algorithm:\n  random_seed: null\n").Optimization;

        Assert.Equal(MarkedYaml.Search(true, "auto", 100, null, true), optimization);
    }

    [Fact]
    public void A_parameter_of_the_space_without_default_is_a_warning()
    {
        var result = ExpectOne(
            "functions:\n  model_train: {epochs: 3}\nhyper_parameter_optimization:\n  space:\n    model_train:\n"
            + "      [|learning_rate|]: ['uniform', 0, 1]\n",
            "LOGML0013",
            "'learning_rate' is in the space of step 'model_train' but not in 'functions', so it has no default");

        Assert.Equal(DiagnosticLevel.Warning, result.Diagnostics[0].Definition.Severity);
        var parameter = result.Configuration.Steps[0].Parameters[1];
        Assert.Null(parameter.Default);
        Assert.Equal(ParameterKind.Double, parameter.Type.Kind);
    }

    [Fact]
    public void A_misspelt_parameter_of_the_space_gets_a_suggestion()
    {
        var result = ExpectOne(
            "functions:\n  model_train: {learning_rate: 0.1}\nhyper_parameter_optimization:\n  space:\n    model_train:\n"
            + "      [|learning_rte|]: ['uniform', 0, 1]\n",
            "LOGML0012",
            "'learning_rte' is not a parameter of step 'model_train'; did you mean 'learning_rate'?");

        Assert.Equal(DiagnosticLevel.Error, result.Diagnostics[0].Definition.Severity);
    }

    [Fact]
    public void A_numbered_neighbour_is_not_taken_for_a_misspelling()
    {
        ExpectOne(
            "functions:\n  model_create: {layer_1: 8}\nhyper_parameter_optimization:\n  space:\n    model_create:\n"
            + "      [|layer_2|]: ['randint', 10]\n",
            "LOGML0013",
            "'layer_2' is in the space of step 'model_create' but not in 'functions', so it has no default");
    }

    [Fact]
    public void Two_parameters_with_one_property_name_collide()
    {
        ExpectOne(
            "functions:\n  model_train:\n    learning_rate: 0.1\n    [|learningRate|]: 0.2\n",
            "LOGML0036",
            "'learning_rate' and 'learningRate' would both be the C# property 'LearningRate'");
    }

    [Fact]
    public void The_same_name_in_two_steps_is_two_parameters() =>
        Assert.Equal(2, ReadClean("functions:\n  model_create: {size: 1}\n  model_train: {size: 2}\n").Steps.Count);

    [Theory]
    [InlineData("1st_layer", "it does not make a C# identifier")]
    [InlineData("'a+b'", "it does not make a C# identifier")]
    [InlineData("'_'", "it does not make a C# identifier")]
    [InlineData("get_hash_code", "the generated record already has a member 'GetHashCode'")]
    [InlineData("model_train_parameters", "the generated record already has a member 'ModelTrainParameters'")]
    public void A_name_that_cannot_be_a_property_is_refused(string key, string reason)
    {
        ExpectOne(
            $"functions:\n  model_train:\n    [|{key}|]: 0.1\n", "LOGML0037", $"'{key.Trim('\'')}' cannot be a parameter: {reason}");
    }

    [Fact]
    public void A_name_is_as_long_as_a_study_takes_it_with_its_step()
    {
        var longest = new string('a', 512 - "model_train.".Length);
        ReadClean($"functions:\n  model_train:\n    {longest}: 0.1\n");
        ExpectOne(
            $"functions:\n  model_train:\n    [|{longest}b|]: 0.1\n", "LOGML0037", $"'{new string('a', 60)}...' cannot be a parameter: with its step the name has 513 characters, and a study has room for 512");
    }

    [Fact]
    public void Enable_cannot_be_searched()
    {
        ExpectOne(
            "hyper_parameter_optimization:\n  space:\n    model_train:\n      [|enable|]: [choice, [true, false]]\n",
            "LOGML0037",
            "'enable' cannot be a parameter: 'functions.<step>.enable' switches the step on and off");
    }
}
