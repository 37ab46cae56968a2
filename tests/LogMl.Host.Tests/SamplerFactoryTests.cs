using System.Text.Json;
using LogMl.Optimization;
using LogMl.Optimization.Sampling;
using LogMl.Optimization.Tests;
using LogMl.Shared;
using LogMl.Shared.Sampling;

namespace LogMl.Host.Tests;

/// <summary>The names and options of the samplers.</summary>
public sealed class SamplerFactoryTests
{
    public static TheoryData<string> Names => AllSamplers.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_gives_its_sampler(string name) =>
        Assert.Equal(AllSamplers.Find(name).Id, SamplerFactory.Create(name, 1, null, 100).AlgorithmId);

    [Fact]
    public void Tpe_with_compatibility_is_that_of_hyperopt()
    {
        Assert.Equal("tpe-hyperopt/1", Create("tpe", """{"compatibility":"hyperopt","linear_forgetting":30}""").AlgorithmId);
        Assert.Equal(
            "The option 'compatibility' of tpe must be hyperopt, not \"optuna\".",
            Assert.Throws<FormatException>(() => Create("tpe", """{"compatibility":"optuna"}""")).Message);
    }

    /// <summary>
    /// An option of a sampler, further options that make it have an effect within a few trials, and a value that is not its default.
    /// </summary>
    public static TheoryData<string, string, string, string> OptionsThatMatter => new()
    {
        { "auto", "budget", "", "12" },
        { "auto", "model_trials", "", "6" },
        { "auto", "tpe_every", "\"budget\":12", "2" },
        { "tpe", "startup_trials", "", "3" },
        { "tpe", "gamma", "\"startup_trials\":3", "3" },
        { "tpe", "min_good", "\"startup_trials\":3", "5" },
        { "tpe", "max_good", "\"startup_trials\":3", "1" },
        { "tpe", "candidates", "\"startup_trials\":3", "3" },
        { "tpe", "recombination", "\"startup_trials\":3", "1" },
        { "tpe", "exploration", "\"startup_trials\":3", "1" },
        { "tpe", "prior_weight", "\"startup_trials\":3", "9" },
        { "tpe", "good_bandwidth", "\"startup_trials\":3", "2" },
        { "tpe", "bad_bandwidth", "\"startup_trials\":3", "1" },
        { "tpe", "choice_smoothing", "\"startup_trials\":3", "1" },
        { "tpe", "max_bad", "\"startup_trials\":3", "1" },
        { "tpe-hyperopt", "startup_trials", "", "3" },
        { "tpe-hyperopt", "gamma", "\"startup_trials\":3", "3" },
        { "tpe-hyperopt", "candidates", "\"startup_trials\":3", "2" },
        { "tpe-hyperopt", "prior_weight", "\"startup_trials\":3", "9" },
        { "tpe-hyperopt", "linear_forgetting", "\"startup_trials\":3", "2" },
        { "gp", "startup_trials", "", "3" },
        { "gp", "candidates", "\"startup_trials\":3", "3" },
        { "gp", "local_searches", "\"startup_trials\":3", "0" },
        { "gp", "refit_growth", "\"startup_trials\":3", "2" },
        { "gp", "smallest_improvement", "\"startup_trials\":3", "1" },
        { "gp", "fit_observations", "\"startup_trials\":3", "3" },
        { "gp", "max_observations", "\"startup_trials\":3", "5" },
        { "anneal", "mean_rank", "", "9" },
        { "anneal", "shrinking", "", "5" },
        { "grid", "levels", "", "3" },
        { "grid", "exhaustive_up_to", "", "0" },
        { "cmaes", "population", "", "4" },
        { "cmaes", "sigma", "", "0.01" },
        { "cmaes", "population_growth", "\"population\":4,\"sigma\":1e-12", "1" },
        { "nsga2", "population", "", "4" },
        { "nsga2", "crossover_probability", "\"population\":4", "0" },
        { "nsga2", "crossover_index", "\"population\":4", "1" },
        { "nsga2", "mutation_probability", "\"population\":4", "1" },
        { "nsga2", "mutation_index", "\"population\":4,\"mutation_probability\":1", "1" },
    };

    [Theory]
    [MemberData(nameof(OptionsThatMatter))]
    public void An_option_changes_what_is_proposed(string algorithm, string option, string others, string value)
    {
        var set = $"\"{option}\":{value}";

        Assert.NotEqual(
            Proposals(algorithm, "{" + others + "}"), Proposals(algorithm, "{" + (others.Length == 0 ? set : others + "," + set) + "}"));
    }

    [Fact]
    public void Each_option_is_among_those_that_matter() => Assert.Equal(
        Algorithms.Names.SelectMany(name => Algorithms.OptionsOf(name).Select(rule => (name, rule.Name))).Order(),
        OptionsThatMatter.Select(row => ((string)row[0], (string)row[1])).Order());

    [Fact]
    public void A_sampler_with_options_in_JSON_is_the_one_with_these_options_in_code()
    {
        var tpe = new TpeOptions
        {
            StartupTrials = 2,
            Gamma = 1.5,
            MinGood = 3,
            MaxGood = 4,
            Candidates = 5,
            Recombination = 0.6,
            Exploration = 0.7
        };
        Assert.Equal(
            Proposals(Samplers.Tpe(1, tpe)),
            Proposals("tpe", """{"startup_trials":2,"gamma":1.5,"min_good":3.0,"max_good":4,"candidates":5,"recombination":0.6,"exploration":0.7}"""));
        Assert.Equal(
            Proposals(Samplers.Auto(1, new AutoOptions { Budget = 100, ModelTrials = 6, TpeEvery = 2 })), Proposals("auto", """{"tpe_every":2,"model_trials":6}"""));
        Assert.Equal(Proposals(Samplers.CmaEs(1, new CmaEsOptions { Population = 4, Sigma = 0.3 })), Proposals("cmaes", """{"population":4,"sigma":0.3}"""));
    }

    [Theory]
    [InlineData("tpe-hyperopt", """{"candidate":5}""", "'candidate' is not an option of tpe-hyperopt; did you mean 'candidates'?")]
    [InlineData("tpe", """{"compatability":"hyperopt"}""", "'compatability' is not an option of tpe; did you mean 'compatibility'?")]
    [InlineData("random", """{"x":5}""", "'x' is not an option of random, which has none.")]
    [InlineData("grid", """{"x":5}""", "'x' is not an option of grid. Its options are levels, exhaustive_up_to.")]
    [InlineData("grid", """{"levels":0}""", "The option 'levels' of grid must be a whole number of at least 1, not 0.")]
    [InlineData("grid", """{"levels":1.5}""", "The option 'levels' of grid must be a whole number of at least 1, not 1.5.")]
    [InlineData("grid", """{"levels":"3"}""", "The option 'levels' of grid must be a whole number of at least 1, not \"3\".")]
    [InlineData("tpe-hyperopt", """{"gamma":0}""", "The option 'gamma' of tpe-hyperopt must be a number above 0, not 0.")]
    [InlineData(
        "nsga2", """{"mutation_probability":2}""", "The option 'mutation_probability' of nsga2 must be a number from 0 to 1, not 2.")]
    [InlineData("grid", "[]", "The options of grid must be an object such as {\"name\": value}, not an array.")]
    public void A_wrong_option_is_told(string algorithm, string json, string expected) =>
        Assert.Equal(expected, Assert.Throws<FormatException>(() => Create(algorithm, json)).Message);

    private static Sampler Create(string algorithm, string json)
    {
        using var document = JsonDocument.Parse(json);
        return SamplerFactory.Create(algorithm, 1, document.RootElement, 100);
    }

    private static string Proposals(string algorithm, string json) => Proposals(Create(algorithm, json));

    private static string Proposals(Sampler sampler)
    {
        var space = new SearchSpace
        {
            ["x"] = Distribution.Uniform(-1, 1),
            ["y"] = Distribution.Normal(0, 1),
            ["n"] = Distribution.UniformInt(1, 50),
            ["z"] = Distribution.Choice("a", "b", "c"),
        };
        var study = new Study(space, new StudyOptions { Sampler = sampler });
        var points = new List<string>();
        study.Optimize(
            trial =>
            {
                points.Add(string.Join(' ', trial.Values));
                return Math.Round(Math.Abs(trial.GetDouble("x")), 2);
            },
            // CMA-ES notices only after many generations that it gets no further.
            sampler.AlgorithmId == Samplers.CmaEsAlgorithmId ? 400 : 60);
        return string.Join('\n', points);
    }
}
