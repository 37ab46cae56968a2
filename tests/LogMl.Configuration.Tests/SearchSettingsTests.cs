using System.Globalization;
using LogMl.Configuration.Model;
using static LogMl.Configuration.Tests.MarkedYaml;

namespace LogMl.Configuration.Tests;

/// <summary>The keys of hyper_parameter_optimization that go beyond Log(ML)'s: options, pruners, stopping, points.</summary>
public class SearchSettingsTests
{
    private const string Section = "hyper_parameter_optimization:\n  ";

    private const string Space = """
        functions:
          model_train: {rate: 0.1, layers: 2, units: 8, kind: relu, sizes: [1], fixed: 1, drop: null}
        hyper_parameter_optimization:
          space:
            model_train:
              rate: [loguniform, -4, 0]
              layers: [randint, 1, 4]
              units: [quniform, 8, 64, 8]
              kind: [choice, [relu, tanh]]
              sizes: [choice, [[1], [2, 3]]]
              drop: [choice, [null, 0.5]]
          points_to_evaluate:
            - 
        """;

    private static readonly string[] Limits = ["workers", "trial_timeout", "trial_memory", "max_retries"];

    [Fact]
    public void Options_of_the_algorithm_are_read()
    {
        var settings = Settings("algorithm: {name: cmaes, population: 12, sigma: 1e-1, population_growth: null}");
        Assert.Equal(("cmaes", "{population=12 sigma=0.1}"), (Show(settings["algorithm"]), Show(settings["algorithm_options"])));
    }

    [Fact]
    public void Tpe_in_compatibility_with_hyperopt_is_tpe_hyperopt()
    {
        var settings = Settings("algorithm: {name: tpe, compatibility: hyperopt, linear_forgetting: 30}");
        Assert.Equal(("tpe-hyperopt", "{linear_forgetting=30}"), (Show(settings["algorithm"]), Show(settings["algorithm_options"])));
    }

    [Theory]
    [InlineData("algorithm: {name: cmaes, [|popullation|]: 12}", "LOGML0043", "'popullation' is not an option of the algorithm 'cmaes'; did you mean 'population'? There are: population, sigma, population_growth")]
    [InlineData("algorithm: {name: tpe, [|compatibilty|]: hyperopt}", "LOGML0043", "'compatibilty' is not an option of the algorithm 'tpe'; did you mean 'compatibility'? There are: startup_trials, gamma, min_good, max_good, candidates, recombination, exploration, prior_weight, good_bandwidth, bad_bandwidth, choice_smoothing, max_bad, compatibility")]
    [InlineData("algorithm: {name: tpe, compatibility: [|hyperop|]}", "LOGML0019", "'compatibility' must be hyperopt; found hyperop; did you mean 'hyperopt'?")]
    [InlineData("algorithm: {name: cmaes, population: [|3|]}", "LOGML0019", "'population' must be a whole number of at least 4; found 3")]
    [InlineData("algorithm: {name: cmaes, population: [|many|]}", "LOGML0017", "'population' must be a whole number of at least 4; found 'many'")]
    [InlineData("algorithm: {name: cmaes, sigma: [|[1]|]}", "LOGML0017", "'sigma' must be a number above 0; found a list")]
    [InlineData("algorithm: {name: cmaes, sigma: [|.inf|]}", "LOGML0039", "'.inf' is not a number that can be used: it is not finite")]
    [InlineData(
        "algorithm: [|{sigma: 1}|]", "LOGML0045", "The options do not go together: the mapping of 'algorithm' needs the key 'name'")]
    [InlineData("pruner: [|medium|]", "LOGML0044", "'medium' is not a pruner; did you mean 'median'? There are: none, median, percentile, successive_halving, hyperband, threshold, patient, wilcoxon, fold_bound")]
    [InlineData("pruner: {name: hyperband, [|max_resources|]: 9}", "LOGML0043", "'max_resources' is not an option of the pruner 'hyperband'; did you mean 'max_resource'? There are: min_resource, max_resource, reduction_factor, bootstrap_count")]
    [InlineData("pruner: {name: hyperband, max_resource: [|0|]}", "LOGML0019", "'max_resource' must be a whole number of at least 1; found 0")]
    [InlineData("pruner: {name: [|hyperband|], max_resource: 2, min_resource: 3}", "LOGML0045", "The options do not go together: 'max_resource' must be at least 'min_resource'")]
    [InlineData("pruner: [|threshold|]", "LOGML0045", "The options do not go together: 'threshold' needs the option 'lower' or 'upper'")]
    [InlineData("pruner: {name: [|percentile|], warmup_steps: 3}", "LOGML0045", "The options do not go together: 'percentile' needs the option 'percentile', the part of the trials to keep")]
    [InlineData("pruner: {name: patient, patience: 3, wrapped: {name: median, [|warmup|]: 3}}", "LOGML0043", "'warmup' is not an option of the pruner 'median'; there are: startup_trials, warmup_steps, interval_steps, min_trials")]
    [InlineData("pruner: [|[median]|]", "LOGML0017", "'pruner' must be a name, or a mapping with a name and options; found a list")]
    [InlineData("timeout: [|soon|]", "LOGML0017", "'timeout' must be a time above 0: a number of seconds, numbers with units such as 90s, 10m, 1h30m or 2d, or hours:minutes:seconds such as 00:10:00; found 'soon'")]
    [InlineData("timeout: [|10:00|]", "LOGML0017", "'timeout' must be a time above 0: a number of seconds, numbers with units such as 90s, 10m, 1h30m or 2d, or hours:minutes:seconds such as 00:10:00; found '10:00'")]
    [InlineData("timeout: [|30m1h|]", "LOGML0017", "'timeout' must be a time above 0: a number of seconds, numbers with units such as 90s, 10m, 1h30m or 2d, or hours:minutes:seconds such as 00:10:00; found '30m1h'")]
    [InlineData("timeout: [|0|]", "LOGML0017", "'timeout' must be a time above 0: a number of seconds, numbers with units such as 90s, 10m, 1h30m or 2d, or hours:minutes:seconds such as 00:10:00; found '0'")]
    [InlineData("trial_timeout: [|0|]", "LOGML0017", "'trial_timeout' must be a time above 0: a number of seconds, numbers with units such as 90s, 10m, 1h30m or 2d, or hours:minutes:seconds such as 00:10:00; found '0'")]
    [InlineData("trial_memory: [|2XB|]", "LOGML0017", "'trial_memory' must be a size of at least 32MB: a number with a unit, such as 500MB, 2GB or 1.5GiB, or a number of bytes; found '2XB'")]
    [InlineData("trial_memory: [|31MB|]", "LOGML0017", "'trial_memory' must be a size of at least 32MB: a number with a unit, such as 500MB, 2GB or 1.5GiB, or a number of bytes; found '31MB'")]
    [InlineData("trial_memory: [|[2GB]|]", "LOGML0017", "'trial_memory' must be a size of at least 32MB: a number with a unit, such as 500MB, 2GB or 1.5GiB, or a number of bytes; found a list")]
    [InlineData("[|trial_memry|]: 2GB", "LOGML0015", "'trial_memry' is not a key of 'hyper_parameter_optimization'; did you mean 'trial_memory'? There are: enable, algorithm, ...")]
    [InlineData("workers: [|0|]", "LOGML0019", "'workers' must be a whole number from 1 to 1024; found 0")]
    [InlineData("workers: [|many|]", "LOGML0017", "'workers' must be a whole number from 1 to 1024; found 'many'")]
    [InlineData("max_failures: [|0|]", "LOGML0019", "'max_failures' must be a whole number of at least 1; found 0")]
    [InlineData(
        "max_failures: [|3000000000|]", "LOGML0019", "'max_failures' must be a whole number of at most 2147483647; found 3000000000")]
    [InlineData("max_retries: [|101|]", "LOGML0019", "'max_retries' must be a whole number from 0 to 100; found 101")]
    [InlineData("loss_threshold: [|low|]", "LOGML0017", "'loss_threshold' must be a number; found 'low'")]
    [InlineData("no_improvement: [|0|]", "LOGML0019", "'no_improvement' must be a whole number of at least 1; found 0")]
    [InlineData("no_improvement: [|{min_relative_improvement: 0.1}|]", "LOGML0045", "The options do not go together: 'no_improvement' needs the option 'trials'")]
    [InlineData("terminator: [|20|]", "LOGML0017", "'terminator' must be true or false, or a mapping of options; found '20'")]
    [InlineData("terminator: [|[true]|]", "LOGML0017", "'terminator' must be true or false, or a mapping of options; found a list")]
    [InlineData("terminator: {[|min_trial|]: 20}", "LOGML0043", "'min_trial' is not an option of 'terminator'; did you mean 'min_trials'? There are: min_trials, error_level, delta, candidates")]
    [InlineData("terminator: {min_trials: [|1|]}", "LOGML0019", "'min_trials' must be a whole number of at least 2; found 1")]
    [InlineData("terminator: {error_level: [|0|]}", "LOGML0019", "'error_level' must be a number above 0; found 0")]
    [InlineData("terminator: {delta: [|1|]}", "LOGML0019", "'delta' must be a number between 0 and 1, both excluded; found 1")]
    [InlineData("terminator: {candidates: [|many|]}", "LOGML0017", "'candidates' must be a whole number of at least 1; found 'many'")]
    [InlineData("duplicates: [|skipp|]", "LOGML0019", "'duplicates' must be one of reevaluate, reuse, skip; found skipp; did you mean 'skip'?")]
    [InlineData("points_to_evaluate: [|3|]", "LOGML0017", "'points_to_evaluate' must be a list of mappings, step: {parameter: value}; found '3'")]
    public void What_is_wrong_is_told_at_its_place(string yaml, string id, string message) => ExpectOne(Section + yaml + "\n", id, message);

    [Fact]
    public void A_refused_option_is_one_error_and_not_a_missing_one_too() =>
        ExpectOne(Section + "pruner: {name: patient, patience: [|-1|]}\n", "LOGML0019", "'patience' must be a whole number of at least 0; found -1");

    [Fact]
    public void A_pruner_may_wrap_another()
    {
        Assert.Equal(
            "{name=patient options={patience=3} wrapped={name=percentile options={percentile=25}}}",
            Show(Settings("pruner: {name: patient, patience: 3, wrapped: {name: percentile, percentile: 25}}")["pruner"]));
        Assert.Equal("{name=median options={}}", Show(Settings("pruner: median")["pruner"]));
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData("0.5", 0.5)]
    [InlineData("90s", 90)]
    [InlineData("10m", 600)]
    [InlineData("1h30m", 5400)]
    [InlineData("1h 30m", 5400)]
    [InlineData("1.5h", 5400)]
    [InlineData("2d", 172800)]
    [InlineData("00:10:00", 600)]
    [InlineData("1:10:00", 4200)]
    [InlineData("'36:00:01'", 129601)]
    public void A_timeout_is_seconds_or_a_time(string text, double seconds) =>
        Assert.Equal(new ConfigurationValue.Number(seconds), Settings("timeout: " + text)["timeout"]);

    [Fact]
    public void How_trials_are_run_is_read()
    {
        var settings = Settings("workers: 4\n  trial_timeout: 00:01:30\n  trial_memory: 2GB\n  max_retries: 0");
        Assert.Equal(["4", "90", "2000000000", "0"], Limits.Select(key => Show(settings[key])));
        settings = Settings("max_evals: 3\n  workers:\n  trial_memory:");
        Assert.All(Limits, key => Assert.Null(settings[key]));
    }

    [Theory]
    [InlineData("500MB", 500_000_000)]
    [InlineData("'1.5 GiB'", 1_610_612_736)]
    [InlineData("64mib", 67_108_864)]
    [InlineData("40000KB", 40_000_000)]
    [InlineData("2TB", 2_000_000_000_000)]
    [InlineData("123456789", 123_456_789)]
    public void A_size_of_memory_has_a_unit_or_is_bytes(string text, long bytes) =>
        Assert.Equal(new ConfigurationValue.Integer(bytes), Settings("trial_memory: " + text)["trial_memory"]);

    [Fact]
    public void The_other_ways_to_stop_are_read()
    {
        Assert.Equal("reuse", Show(Settings("duplicates: reuse")["duplicates"]));
        Assert.Equal("0.25", Show(Settings("loss_threshold: 0.25")["loss_threshold"]));
        Assert.Equal("{trials=50}", Show(Settings("no_improvement: 50")["no_improvement"]));
        Assert.Equal("{trials=50 min_relative_improvement=0.01}", Show(Settings("no_improvement: {trials: 50, min_relative_improvement: 0.01}")["no_improvement"]));
    }

    [Theory]
    [InlineData("max_evals: 9", null)]
    [InlineData("terminator:", null)]
    [InlineData("terminator: false", null)]
    [InlineData("terminator: true", "{}")]
    [InlineData("terminator: {}", "{}")]
    [InlineData("terminator: {min_trials: 30, error_level: 1e-2, delta: 0.05, candidates: 500}", "{min_trials=30 error_level=0.01 delta=0.05 candidates=500}")]
    public void A_terminator_is_wanted_or_not_or_has_options(string yaml, string? options) =>
        Assert.Equal(options, Settings(yaml)["terminator"] is { } terminator ? Show(terminator) : null);

    [Fact]
    public void Points_are_numbers_and_indices_of_options()
    {
        var points =
            ReadClean(Space
                + "{model_train: {rate: 0.5, layers: 3, units: 16, kind: tanh, sizes: [2, 3], drop: null}}\n    - {}\n").Optimization!["points_to_evaluate"];
        Assert.Equal(
            "[{rate=0.5 layers=3 units=16 kind=1 sizes=1 drop=0} {}]", Show(points).Replace("model_train.", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[uniform, 0, 1]", "0.0")]
    [InlineData("[uniform, 0, 1]", "1.0")]
    [InlineData("[quniform, 0, 1, 0.1]", "0.3")]
    [InlineData("[quniform, 0, 1, 0.1]", "1.0")]
    [InlineData("[loguniform, -6.907755279, -2.302585093]", "0.001")]
    [InlineData("[loguniform, -6.907755279, -2.302585093]", "0.1")]
    [InlineData("[qloguniform, 0, 2.302585093, 0.5]", "10.0")]
    public void A_point_may_be_at_a_bound_however_that_was_rounded(string distribution, string value)
    {
        var points = ReadClean($$$"""
            functions:
              model_train: {rate: {{{value}}}}
            hyper_parameter_optimization:
              space: {model_train: {rate: {{{distribution}}}}}
              points_to_evaluate: [{model_train: {rate: {{{value}}}}}]

            """).Optimization!["points_to_evaluate"];
        Assert.Equal(
            "[{model_train.rate=" + double.Parse(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture) + "}]",
            Show(points));
    }

    [Theory]
    [InlineData("{model_train: {[|rat|]: 0.5}}", "LOGML0046", "The space has no parameter 'rat' of step 'model_train', so that a point cannot set it; did you mean 'rate'? There are: rate, layers, ...")]
    [InlineData("{model_train: {[|fixed|]: 1}}", "LOGML0046", "The space has no parameter 'fixed' of step 'model_train', so that a point cannot set it; there are: rate, layers, ...")]
    [InlineData("{[|model_trai|]: {rate: 1}}", "LOGML0046", "The space has no step 'model_trai', so that a point cannot set it; did you mean 'model_train'? There are: model_train")]
    [InlineData("{model_train: {rate: [|2|]}}", "LOGML0047", "'2' is not a value that the distribution of 'rate' can give: 0.01831563888873418 to 1")]
    [InlineData("{model_train: {rate: [|fast|]}}", "LOGML0047", "'fast' is not a value that the distribution of 'rate' can give: 0.01831563888873418 to 1")]
    [InlineData("{model_train: {layers: [|4|]}}", "LOGML0047", "'4' is not a value that the distribution of 'layers' can give: 1 to 3")]
    [InlineData("{model_train: {units: [|20|]}}", "LOGML0047", "'20' is not a value that the distribution of 'units' can give: multiples of 8, 8 to 64")]
    [InlineData("{model_train: {kind: [|1|]}}", "LOGML0047", "'1' is not a value that the distribution of 'kind' can give: one of ['relu', 'tanh']")]
    [InlineData("{model_train: {sizes: [|[3]|]}}", "LOGML0047", "a list is not a value that the distribution of 'sizes' can give: one of [[1], [2, 3]]")]
    [InlineData("[|3|]", "LOGML0017", "A point must be a mapping of keys to values; found '3'")]
    public void A_wrong_point_is_told_at_its_place(string point, string id, string message) => ExpectOne(Space + point + "\n", id, message);

    private static OptimizationConfiguration Settings(string yaml) => ReadClean(Section + yaml + "\n").Optimization!;

    private static string Show(ConfigurationValue? value) => value switch
    {
        ConfigurationValue.Integer integer => FormattableString.Invariant($"{integer.Value}"),
        ConfigurationValue.Number number => FormattableString.Invariant($"{number.Value}"),
        ConfigurationValue.Text text => text.Value,
        ConfigurationValue.List list => "[" + string.Join(' ', list.Items.Select(Show)) + "]",
        ConfigurationValue.Mapping mapping =>
            "{" + string.Join(' ', mapping.Entries.Select(entry => entry.Name + "=" + Show(entry.Value))) + "}",
        _ => value?.ToString() ?? "nothing",
    };
}
