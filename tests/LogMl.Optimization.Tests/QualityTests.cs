using System.Globalization;
using LogMl.Optimization.Sampling;
using Xunit.Abstractions;

namespace LogMl.Optimization.Tests;

/// <summary>
/// The thresholds that hyperopt's own tests set its optimizers (one seed each), here with 20 seeds. Why the floors of some domains are
/// below 19 is explained in docs/engine.md.
/// </summary>
public class QualityTests(ITestOutputHelper output)
{
    private const int Seeds = 20;

    /// <summary>tests/unit/test_tpe.py, TestOpt: domain, threshold, evaluations; and how many of the seeds must pass.</summary>
    public static TheoryData<string, double, int, int> HyperoptTpeCases => new()
    {
        { "quadratic1", 1e-5, 1000, 20 },
        { "q1_lognormal", 0.01, 250, 20 },
        { "n_arms", -2.5, 50, 17 },
        { "distractor", -1.96, 100, 18 },
        { "gauss_wave", -2, 50, 20 },
        { "gauss_wave2", -2, 75, 20 },
        { "many_dists", 0.0005, 200, 20 },
        { "branin", 0.7, 200, 20 },
        { "q1_choice", 0.01, 200, 20 },
    };

    /// <summary>The same for our TPE, with its defaults.</summary>
    public static TheoryData<string, double, int, int> TpeCases => new()
    {
        { "quadratic1", 1e-5, 1000, 20 },
        { "q1_lognormal", 0.01, 250, 20 },
        { "n_arms", -2.5, 50, 16 },
        { "distractor", -1.96, 100, 18 },
        { "gauss_wave", -2, 50, 20 },
        { "gauss_wave2", -2, 75, 20 },
        { "many_dists", 0.0005, 200, 20 },
        { "branin", 0.7, 200, 20 },
        { "q1_choice", 0.01, 200, 20 },
    };

    /// <summary>tests/unit/test_anneal.py: domain, threshold, evaluations; and how many of the seeds must pass.</summary>
    public static TheoryData<string, double, int, int> AnnealCases => new()
    {
        { "quadratic1", 1e-5, 1000, 20 },
        { "q1_lognormal", 0.01, 50, 16 },
        { "n_arms", -2.5, 50, 16 },
        { "distractor", -0.96, 150, 20 },
        { "gauss_wave", -2, 50, 19 },
        { "gauss_wave2", -2, 50, 20 },
        { "many_dists", 0.0005, 200, 20 },
        { "branin", 0.7, 200, 20 },
    };

    /// <summary>tests/unit/test_domains.py, DomainExperimentMixin: best loss less than 0.2 above the target.</summary>
    public static TheoryData<string, double, int, int> RandomCases => new()
    {
        { "coin_flip", 0, 500, 20 },
        { "quadratic1", 0, 500, 20 },
        { "q1_choice", 0, 500, 20 },
        { "q1_lognormal", 0, 500, 20 },
        { "n_arms", -2, 500, 20 },
        { "distractor", -2, 500, 20 },
        { "gauss_wave", -1, 500, 20 },
        { "gauss_wave2", -2.5, 5000, 20 },
        { "many_dists", 0, 500, 1 },
        { "branin", 0.398, 500, 15 },
    };

    [Theory]
    [MemberData(nameof(HyperoptTpeCases))]
    public void Hyperopt_tpe_reaches_the_threshold(string domain, double threshold, int evals, int floor) =>
        AssertPassRate(Find(domain), seed => Samplers.HyperoptTpe(seed, OptionsFor(domain)), threshold, evals, floor);

    [Theory]
    [MemberData(nameof(TpeCases))]
    public void Tpe_reaches_the_threshold(string domain, double threshold, int evals, int floor) =>
        AssertPassRate(Find(domain), seed => Samplers.Tpe(seed), threshold, evals, floor);

    [Theory]
    [MemberData(nameof(AnnealCases))]
    public void Annealing_reaches_the_threshold(string domain, double threshold, int evals, int floor) =>
        AssertPassRate(Find(domain), seed => Samplers.Anneal(seed), threshold, evals, floor);

    [Theory]
    [MemberData(nameof(RandomCases))]
    public void Random_search_comes_near_the_target(string domain, double target, int evals, int floor) =>
        AssertPassRate(Find(domain), seed => Samplers.Random(seed), target + 0.2, evals, floor);

    [Theory]
    [InlineData("branin", 200, 100)]
    [InlineData("q1_lognormal", 250, 40)]
    [InlineData("quadratic1", 200, 40)]
    [InlineData("q1_choice", 200, 40)]
    [InlineData("many_dists", 200, 20)]
    public void Hyperopt_tpe_beats_random_search_with_the_same_budget(string domain, int evals, int seeds)
    {
        var problem = Find(domain);
        var wins = Enumerable.Range(0, seeds).Count(
            seed =>
                problem.BestLoss(s => Samplers.HyperoptTpe(s), seed, evals) < problem.BestLoss(s => Samplers.Random(s + 500), seed, evals));
        var report = $"{domain}: TPE better in {wins} of {seeds} pairs after {evals} evaluations";
        output.WriteLine(report);

        // Sign test: two standard deviations above an even match.
        Assert.True(wins >= (seeds / 2.0) + Math.Sqrt(seeds), report);
    }

    private void AssertPassRate(BenchmarkDomain domain, Func<long, Sampler> sampler, double threshold, int evals, int floor)
    {
        double[] best = [.. Enumerable.Range(0, Seeds).Select(seed => domain.BestLoss(sampler, seed, evals)).Order()];
        var passed = best.Count(loss => loss < threshold);
        var report = string.Create(
            CultureInfo.InvariantCulture,
            $"{domain.Name}: {passed} of {Seeds} seeds below {threshold} after {evals} evaluations; " +
            $"best {best[0]:G4}, median {best[Seeds / 2]:G4}, worst {best[^1]:G4}");
        output.WriteLine(report);
        Assert.True(passed >= floor, report + $"; the floor is {floor}");
    }

    private static HyperoptTpeOptions OptionsFor(string domain) => domain switch
    {
        "quadratic1" => new() { Candidates = 5 },
        "distractor" => new() { Gamma = 0.05, PriorWeight = 0.01, Candidates = 15 },
        _ => new(),
    };

    private static BenchmarkDomain Find(string name) =>
        new[]
        {
            BenchmarkDomain.CoinFlip, BenchmarkDomain.Quadratic1, BenchmarkDomain.Q1Choice, BenchmarkDomain.Q1Lognormal,
            BenchmarkDomain.NArms, BenchmarkDomain.Distractor, BenchmarkDomain.GaussWave, BenchmarkDomain.GaussWave2,
            BenchmarkDomain.ManyDists, BenchmarkDomain.Branin,
        }.Single(d => d.Name == name);
}
