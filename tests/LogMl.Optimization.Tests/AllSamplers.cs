namespace LogMl.Optimization.Tests;

/// <summary>One row for each sampler.</summary>
internal static class AllSamplers
{
    private static readonly (string Name, Func<long, Sampler> Create)[] Table =
    [
        ("random", Samplers.Random),
        ("tpe", seed => Samplers.Tpe(seed)),
        ("tpe-hyperopt", seed => Samplers.HyperoptTpe(seed)),
        ("anneal", seed => Samplers.Anneal(seed)),
        ("qmc", Samplers.Qmc),
        ("grid", _ => Samplers.Grid()),
        ("cmaes", seed => Samplers.CmaEs(seed)),
        ("auto", seed => Samplers.Auto(seed, new AutoOptions { Budget = 12, ModelTrials = 24 })),
        ("gp", seed => Samplers.GaussianProcess(seed)),
        ("nsga2", seed => Samplers.NsgaII(seed, new NsgaIIOptions { Population = 20 })),
    ];

    public static TheoryData<string> Names => [.. Table.Select(row => row.Name)];

    public static Sampler Create(string name, long seed) => Table.Single(row => row.Name == name).Create(seed);
}
