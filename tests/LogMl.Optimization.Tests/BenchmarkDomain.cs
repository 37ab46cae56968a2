using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tests;

/// <summary>The test problems of hyperopt 0.3.0 (tests/unit/test_domains.py): small functions, each with a trap of its own.</summary>
internal sealed record BenchmarkDomain(string Name, Func<SearchSpace> Space, Func<Trial, double, double> Loss)
{
    public static readonly BenchmarkDomain CoinFlip = new(
        "coin_flip",
        () => new SearchSpace { ["flip"] = Distribution.Choice(0.0, 1.0) },
        (t, _) => t.Get<double>("flip"));

    public static readonly BenchmarkDomain Quadratic1 = new(
        "quadratic1",
        () => new SearchSpace { ["x"] = Distribution.Uniform(-5, 5) },
        (t, _) => Square(t.GetDouble("x") - 3));

    public static readonly BenchmarkDomain Q1Choice = new(
        "q1_choice",
        () => new SearchSpace
        {
            ["p1"] = Distribution.Choice(
                new Branch(-3.0, new SearchSpace { ["x1"] = Distribution.Uniform(-5, 5) }),
                new Branch(3.0, new SearchSpace { ["x2"] = Distribution.Uniform(-5, 5) })),
        },
        (t, _) => Square(t.Get<double>("p1") - t.GetDouble(t.IsActive("x1") ? "x1" : "x2")));

    public static readonly BenchmarkDomain Q1Lognormal = new(
        "q1_lognormal",
        () => new SearchSpace { ["x"] = Distribution.LogNormal(0, 2) },
        (t, _) => Math.Min(0.1 * Square(t.GetDouble("x") - 10), 10));

    /// <summary>A noisy bandit of two arms: the loss is normal with mean -1 or 0.</summary>
    public static readonly BenchmarkDomain NArms = new(
        "n_arms",
        () => new SearchSpace { ["arm"] = Distribution.Choice(-1.0, 0.0) },
        (t, noise) => t.Get<double>("arm") + noise);

    /// <summary>A wide false optimum at 15, a narrow true one at -10.</summary>
    public static readonly BenchmarkDomain Distractor = new(
        "distractor",
        () => new SearchSpace { ["x"] = Distribution.Uniform(-15, 15) },
        (t, _) => -1 / (1 + Math.Exp(-t.GetDouble("x"))) - 2 * Math.Exp(-Square(t.GetDouble("x") + 10)));

    public static readonly BenchmarkDomain GaussWave = new(
        "gauss_wave",
        () => new SearchSpace { ["x"] = Distribution.Uniform(-20, 20), ["shift"] = Distribution.Choice(0.0, Math.PI) },
        (t, _) => Wave(t.GetDouble("x") + t.Get<double>("shift"), amplitude: 1));

    public static readonly BenchmarkDomain GaussWave2 = new(
        "gauss_wave2",
        () => new SearchSpace
        {
            ["x"] = Distribution.Uniform(-20, 20),
            ["hf"] = Distribution.Choice(false, new Branch(true, new SearchSpace { ["amp"] = Distribution.Uniform(0, 1) })),
        },
        (t, noise) => Wave(t.GetDouble("x"), t.Get<bool>("hf") ? t.GetDouble("amp") : 0) - 0.1 * noise);

    /// <summary>Every distribution at once.</summary>
    public static readonly BenchmarkDomain ManyDists = new(
        "many_dists",
        () => new SearchSpace
        {
            ["a"] = Distribution.Choice(0, 1, 2),
            ["b"] = Distribution.RandInt(10),
            ["bb"] = Distribution.RandInt(12, 25),
            ["c"] = Distribution.Uniform(4, 7),
            ["d"] = Distribution.LogUniform(-2, 0),
            ["e"] = Distribution.QUniform(0, 10, 3),
            ["f"] = Distribution.QLogUniform(0, 3, 2),
            ["g"] = Distribution.Normal(4, 7),
            ["h"] = Distribution.LogNormal(-2, 2),
            ["i"] = Distribution.QNormal(0, 10, 2),
            ["j"] = Distribution.QLogNormal(0, 2, 1),
            ["k"] = Distribution.PChoice((0.1, 0), (0.9, 1)),
        },
        (t, _) => Math.Log(1e-12 + Square(t.Values.Values.Sum())));

    public static readonly BenchmarkDomain Branin = new(
        "branin",
        () => new SearchSpace { ["x"] = Distribution.Uniform(-5, 10), ["y"] = Distribution.Uniform(0, 15) },
        (t, _) => BraninLoss(t.GetDouble("x"), t.GetDouble("y")));

    /// <summary>The lowest loss seen in a study of this domain. The noise of a trial depends on seed and number alone.</summary>
    public double BestLoss(Func<long, Sampler> sampler, long seed, int evals)
    {
        var study = new Study(Space(), new StudyOptions { Sampler = sampler(seed) });
        study.Optimize(t => Loss(t, StandardNormal.Draw(new RandomStream(seed + 1_000_000, t.Number))), evals);
        return study.BestTrial!.Loss!.Value;
    }

    private static double Square(double x) => x * x;

    private static double Wave(double t, double amplitude) => -(amplitude * Math.Sin(t) + 2 * Math.Exp(-Square(t / 5)));

    private static double BraninLoss(double x, double y)
    {
        var valley = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
        return valley * valley + 10 * (1 - 1 / (8 * Math.PI)) * Math.Cos(x) + 10;
    }
}
