using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tests;

/// <summary>What <see cref="Samplers.Auto"/> chooses, and what comes of it.</summary>
public class AutoSamplerTests
{
    private const int Seeds = 20;

    [Fact]
    public void It_needs_fewer_trials_than_any_of_its_parts_can_waste()
    {
        // Mixed, with interactions and a branch: where random search with ten times as many trials is worse.
        double[] auto = [.. Enumerable.Range(0, Seeds).Select(seed => Best(Samplers.Auto(seed), 50)).Order()];
        double[] random = [.. Enumerable.Range(0, Seeds).Select(seed => Best(Samplers.Random(seed), 500)).Order()];
        Assert.True(auto[Seeds / 2] < random[Seeds / 2] / 10, $"{auto[Seeds / 2]} {random[Seeds / 2]}");
        Assert.True(auto[^2] < random[Seeds / 2], $"{auto[^2]} {random[Seeds / 2]}");
    }

    [Fact]
    public void Each_fifth_trial_is_that_of_tpe_and_the_others_are_those_of_the_process()
    {
        var study = TestSpaces.NewStudy(TestSpaces.Conditional(), Samplers.Auto(3));
        study.Optimize(TestSpaces.SumOfSquares, 33);
        for (var number = 0; number < 33; number++)
        {
            var expected = number >= 16 && number % 5 == 0 ? Samplers.Tpe(3) : Samplers.GaussianProcess(3);
            Assert.Equal(Proposal(study, number, expected), study.Trials[number].Values);
        }
    }

    [Fact]
    public void With_many_trials_it_goes_on_with_tpe_and_cmaes()
    {
        var options = new AutoOptions { ModelTrials = 20 };
        var space = new SearchSpace { ["x"] = Distribution.Uniform(-5, 5), ["y"] = Distribution.Uniform(-5, 5) };
        var numbers = TestSpaces.NewStudy(space, Samplers.Auto(3, options));
        numbers.Optimize(TestSpaces.SumOfSquares, 40);
        var mixed = TestSpaces.NewStudy(TestSpaces.Conditional(), Samplers.Auto(3, options));
        mixed.Optimize(TestSpaces.SumOfSquares, 40);
        for (var number = 20; number < 40; number++)
        {
            var expected = number % 2 == 0 ? Samplers.CmaEs(3) : Samplers.Tpe(3);
            Assert.Equal(Proposal(numbers, number, expected), numbers.Trials[number].Values);
            Assert.Equal(Proposal(mixed, number, Samplers.Tpe(3)), mixed.Trials[number].Values);
        }
    }

    [Fact]
    public void Where_nearly_all_trials_fail_tpe_goes_on()
    {
        var study = TestSpaces.NewStudy(TestSpaces.Conditional(), Samplers.Auto(3));
        while (study.Trials.Count < 30)
        {
            study.TellFailed(study.Ask());
        }

        Assert.Equal(Proposal(study, 29, Samplers.Tpe(3)), study.Trials[29].Values);
    }

    [Fact]
    public void Several_objectives_are_those_of_tpe()
    {
        static Study New(Sampler sampler) =>
            new(
                TestSpaces.AllDistributions(),
                new StudyOptions { Sampler = sampler, Directions = [Direction.Minimize, Direction.Maximize] });

        Study auto = New(Samplers.Auto(5)), tpe = New(Samplers.Tpe(5));
        for (var i = 0; i < 40; i++)
        {
            Trial a = auto.Ask(), b = tpe.Ask();
            Assert.Equal(b.Values, a.Values);
            auto.Tell(a, new TrialResult([a.GetDouble("uniform"), a.GetDouble("normal")]));
            tpe.Tell(b, new TrialResult([b.GetDouble("uniform"), b.GetDouble("normal")]));
        }
    }

    [Fact]
    public void A_small_budget_shortens_the_first_look()
    {
        var study = TestSpaces.NewStudy(TestSpaces.Conditional(), Samplers.Auto(3, new AutoOptions { Budget = 15 }));
        study.Optimize(TestSpaces.SumOfSquares, 15);
        Assert.Equal(Proposal(study, 4, Samplers.Qmc(3)), study.Trials[4].Values);
        Assert.NotEqual(Proposal(study, 6, Samplers.Qmc(3)), study.Trials[6].Values);
    }

    [Theory]
    [InlineData(nameof(AutoOptions.Budget))]
    [InlineData(nameof(AutoOptions.ModelTrials))]
    [InlineData(nameof(AutoOptions.TpeEvery))]
    public void An_option_that_is_out_of_range_is_named(string name)
    {
        AutoOptions options = name switch
        {
            nameof(AutoOptions.Budget) => new() { Budget = 0 },
            nameof(AutoOptions.ModelTrials) => new() { ModelTrials = -1 },
            _ => new() { TpeEvery = 1 },
        };
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => Samplers.Auto(1, options)).ParamName);
    }

    // What a sampler proposes for a trial after those before it.
    private static IReadOnlyDictionary<string, double> Proposal(Study study, int number, Sampler sampler)
    {
        var space = study.Parameters.Count == 2
            ? new SearchSpace { ["x"] = Distribution.Uniform(-5, 5), ["y"] = Distribution.Uniform(-5, 5) }
            : TestSpaces.Conditional();
        var other = TestSpaces.NewStudy(space, sampler);
        foreach (var old in study.Trials.Take(number))
        {
            var trial = other.Ask(old.Values);
            if (old.Loss is { } loss)
            {
                other.Tell(trial, loss);
            }
            else
            {
                other.TellFailed(trial);
            }
        }

        return other.Ask().Values;
    }

    private static double Best(Sampler sampler, int evals)
    {
        var space = new SearchSpace
        {
            ["a"] = Distribution.Uniform(-5, 5),
            ["b"] = Distribution.LogUniform(-6, 2),
            ["k"] = Distribution.UniformInt(1, 40),
            ["kind"] = Distribution.Choice("p", new Branch("q", new SearchSpace { ["c"] = Distribution.Uniform(0, 1) }), "r"),
        };
        var study = TestSpaces.NewStudy(space, sampler);
        study.Optimize(
            t =>
            {
                double u = t.GetDouble("a") - 1, v = Math.Log(t.GetDouble("b")) + 2;
                var branch = t.Get<string>("kind") switch { "q" => Math.Pow(t.GetDouble("c") - 0.3, 2), "p" => 0.5, _ => 1 };
                return u * u + v * v + u * v + Math.Pow((t.GetInt32("k") - 17) / 10.0, 2) + branch;
            },
            evals);
        return study.BestTrial!.Loss!.Value;
    }
}
