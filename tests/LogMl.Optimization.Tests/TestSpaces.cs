using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tests;

/// <summary>Spaces that several tests use.</summary>
internal static class TestSpaces
{
    /// <summary>Every distribution once.</summary>
    public static SearchSpace AllDistributions() => new()
    {
        ["choice"] = Distribution.Choice("a", "b", "c"),
        ["pchoice"] = Distribution.PChoice((0.2, 1), (0.8, 2)),
        ["randint"] = Distribution.RandInt(5),
        ["randint2"] = Distribution.RandInt(-3, 1000),
        ["uniform"] = Distribution.Uniform(-5, 10),
        ["quniform"] = Distribution.QUniform(0, 11, 4),
        ["uniformint"] = Distribution.UniformInt(1, 16),
        ["loguniform"] = Distribution.LogUniform(-7, 0),
        ["qloguniform"] = Distribution.QLogUniform(0, 3, 2),
        ["normal"] = Distribution.Normal(4, 7),
        ["qnormal"] = Distribution.QNormal(0, 10, 2),
        ["lognormal"] = Distribution.LogNormal(-2, 2),
        ["qlognormal"] = Distribution.QLogNormal(0, 2, 1),
    };

    /// <summary>Two branches, one of them with a branch of its own.</summary>
    public static SearchSpace Conditional() => new()
    {
        ["classifier"] = Distribution.Choice(
            new Branch("svm", new SearchSpace
            {
                ["c"] = Distribution.LogNormal(0, 1),
                ["kernel"] = Distribution.Choice(
                    "linear",
                    new Branch("rbf", new SearchSpace { ["width"] = Distribution.LogUniform(-3, 3) })),
            }),
            new Branch("knn", new SearchSpace { ["k"] = Distribution.UniformInt(1, 30) }),
            "majority"),
        ["scale"] = Distribution.Choice(false, true),
    };

    public static Study NewStudy(SearchSpace space, Sampler sampler) => new(space, new StudyOptions { Sampler = sampler });

    /// <summary>Something to learn from that is different for different points.</summary>
    public static double SumOfSquares(Trial trial) => trial.Values.Values.Sum(x => x * x);
}
