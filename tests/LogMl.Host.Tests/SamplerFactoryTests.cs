using System.Text.Json;
using LogMl.Host.Sampling;
using LogMl.Optimization;
using LogMl.Optimization.Sampling;
using LogMl.Optimization.Tests;

namespace LogMl.Host.Tests;

/// <summary>The names and options of the samplers.</summary>
public sealed class SamplerFactoryTests
{
    public static TheoryData<string> Names => AllSamplers.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_gives_its_sampler(string name) => Assert.Equal(AllSamplers.Find(name).Id, SamplerFactory.Create(name, 1, null, 100).AlgorithmId);

    [Fact]
    public void Tpe_with_compatibility_is_that_of_hyperopt()
    {
        Assert.Equal("tpe-hyperopt/1", Create("tpe", """{"compatibility":"hyperopt","linear_forgetting":30}""").AlgorithmId);
        Assert.Equal(
            "The option 'compatibility' of tpe must be hyperopt, not \"optuna\".",
            Assert.Throws<FormatException>(() => Create("tpe", """{"compatibility":"optuna"}""")).Message);
    }

    [Fact]
    public void An_option_changes_what_is_proposed()
    {
        Assert.NotEqual(Proposals("tpe-hyperopt", "{}"), Proposals("tpe-hyperopt", """{"startup_trials":3}"""));
        Assert.NotEqual(Proposals("tpe", "{}"), Proposals("tpe", """{"startup_trials":3}"""));
        foreach (string option in (string[])["gamma\":3", "min_good\":5", "max_good\":1", "candidates\":3", "recombination\":1", "exploration\":1",
                     "prior_weight\":9", "good_bandwidth\":2", "bad_bandwidth\":1", "max_bad\":1"])
        {
            Assert.NotEqual(Proposals("tpe", """{"startup_trials":3}"""), Proposals("tpe", $$"""{"startup_trials":3,"{{option}}}"""));
        }

        Assert.NotEqual(Proposals("anneal", "{}"), Proposals("anneal", """{"shrinking":5}"""));
        Assert.NotEqual(Proposals("cmaes", "{}"), Proposals("cmaes", """{"sigma":0.01}"""));
        Assert.NotEqual(Proposals("grid", "{}"), Proposals("grid", """{"levels":3}"""));
        Assert.NotEqual(Proposals("nsga2", "{}"), Proposals("nsga2", """{"population":4}"""));
        foreach (string option in (string[])["candidates\":3", "local_searches\":0", "refit_growth\":2", "smallest_improvement\":1", "fit_observations\":3",
                     "max_observations\":5"])
        {
            Assert.NotEqual(Proposals("gp", """{"startup_trials":3}"""), Proposals("gp", $$"""{"startup_trials":3,"{{option}}}"""));
        }

        Assert.NotEqual(Proposals("auto", "{}"), Proposals("auto", """{"budget":12}"""));
        Assert.NotEqual(Proposals("auto", "{}"), Proposals("auto", """{"model_trials":6}"""));
        Assert.NotEqual(Proposals("auto", """{"budget":12}"""), Proposals("auto", """{"budget":12,"tpe_every":2}"""));
    }

    [Fact]
    public void A_sampler_with_options_in_JSON_is_the_one_with_these_options_in_code()
    {
        var tpe = new TpeOptions { StartupTrials = 2, Gamma = 1.5, MinGood = 3, MaxGood = 4, Candidates = 5, Recombination = 0.6, Exploration = 0.7 };
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
    [InlineData("nsga2", """{"mutation_probability":2}""", "The option 'mutation_probability' of nsga2 must be a number from 0 to 1, not 2.")]
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
        var space = new SearchSpace { ["x"] = Distribution.Uniform(-1, 1), ["y"] = Distribution.Normal(0, 1) };
        var study = new Study(space, new StudyOptions { Sampler = sampler });
        var points = new List<string>();
        study.Optimize(trial => { points.Add(string.Join(' ', trial.Values)); return Math.Abs(trial.GetDouble("x")); }, 9);
        return string.Join('\n', points);
    }
}
