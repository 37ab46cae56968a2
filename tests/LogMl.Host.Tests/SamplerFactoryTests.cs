using System.Text.Json;
using LogMl.Host.Sampling;
using LogMl.Optimization;
using LogMl.Shared;

namespace LogMl.Host.Tests;

/// <summary>The names and options of the samplers.</summary>
public sealed class SamplerFactoryTests
{
    [Theory]
    [InlineData("random", "random/1")]
    [InlineData("tpe", "tpe/2")]
    [InlineData("tpe-hyperopt", "tpe-hyperopt/1")]
    [InlineData("anneal", "anneal/1")]
    [InlineData("qmc", "qmc/1")]
    [InlineData("grid", "grid/1")]
    [InlineData("cmaes", "cmaes/1")]
    [InlineData("nsga2", "nsga2/1")]
    [InlineData("gp", "gp/1")]
    [InlineData("auto", "auto/2")]
    public void A_name_gives_its_sampler(string name, string id) => Assert.Equal(id, SamplerFactory.Create(name, 1, null, 100).AlgorithmId);

    [Fact]
    public void Tpe_with_compatibility_is_that_of_hyperopt()
    {
        Assert.Equal("tpe-hyperopt/1", Create("tpe", """{"compatibility":"hyperopt","linear_forgetting":30}""").AlgorithmId);
        Assert.Equal(
            "The option 'compatibility' of tpe must be hyperopt, not \"optuna\".",
            Assert.Throws<FormatException>(() => Create("tpe", """{"compatibility":"optuna"}""")).Message);
    }

    [Fact]
    public void Each_rule_and_its_sampler_agree_about_the_least_value()
    {
        foreach (var algorithm in AlgorithmNames.All)
        {
            foreach (var rule in AlgorithmOptions.Of(algorithm))
            {
                double[] values = [-1e9, -1, -0.5, 0, 0.25, 1, 2, 3, 4, 5, 100, 1e9];
                foreach (var value in values.Where(rule.Allows))
                {
                    var json = JsonSerializer.Serialize(new Dictionary<string, double> { [rule.Name] = value });
                    Assert.NotNull(Create(algorithm, json));
                }
            }
        }
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

        Assert.Equal(Proposals("cmaes", "{}"), Proposals("cmaes", """{"population_growth":2}"""));
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

    private static string Proposals(string algorithm, string json)
    {
        var space = new SearchSpace { ["x"] = Distribution.Uniform(-1, 1), ["y"] = Distribution.Normal(0, 1) };
        var study = new Study(space, new StudyOptions { Sampler = Create(algorithm, json) });
        var points = new List<string>();
        study.Optimize(trial => { points.Add(string.Join(' ', trial.Values)); return Math.Abs(trial.GetDouble("x")); }, 9);
        return string.Join('\n', points);
    }
}
