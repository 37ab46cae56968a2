using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tests;

/// <summary>
/// The samplers, once for all tests: a sampler that has its row here is held to the contract, resumed from stores, and made by its name.
/// </summary>
internal static class AllSamplers
{
    private static readonly SamplerRow[] Table =
    [
        new("anneal", Samplers.AnnealAlgorithmId, seed => Samplers.Anneal(seed), new AnnealOptions(), 2366053045491267888UL),
        new(
            "auto",
            Samplers.AutoAlgorithmId,
            seed => Samplers.Auto(seed, new() { Budget = 12, ModelTrials = 24 }),
            new AutoOptions(),
            6820342631510221179UL),
        new("cmaes", Samplers.CmaEsAlgorithmId, seed => Samplers.CmaEs(seed), new CmaEsOptions(), 2997976157117078639UL),
        new("gp", Samplers.GpAlgorithmId, SmallProcess, new GpOptions(), 8640406633599115729UL),
        new("grid", Samplers.GridAlgorithmId, _ => Samplers.Grid(), new GridOptions(), 6766285497234631514UL) { HasSeed = false },
        new(
            "nsga2",
            Samplers.NsgaIIAlgorithmId,
            seed => Samplers.NsgaII(seed, new() { Population = 20 }),
            new NsgaIIOptions(),
            2058454623966998989UL),
        new("qmc", Samplers.QmcAlgorithmId, Samplers.Qmc, null, 16106615406623164331UL),
        new("random", Samplers.RandomAlgorithmId, Samplers.Random, null, 885028211866178373UL),
        new("tpe", Samplers.TpeAlgorithmId, seed => Samplers.Tpe(seed), new TpeOptions(), 16935489646875953450UL),
        new(
            "tpe-hyperopt",
            Samplers.HyperoptTpeAlgorithmId,
            seed => Samplers.HyperoptTpe(seed),
            new HyperoptTpeOptions(),
            11699675949687220959UL),
    ];

    public static IReadOnlyList<SamplerRow> Rows => Table;

    public static TheoryData<string> Names => [.. Table.Select(row => row.Name)];

    public static SamplerRow Find(string name) => Table.Single(row => row.Name == name);

    public static Sampler Create(string name, long seed) => Find(name).Create(seed);

    // What the process does does not depend on how many points it looks at; the time does.
    private static Sampler SmallProcess(long seed) =>
        Samplers.GaussianProcess(seed, new() { StartupTrials = 8, Candidates = 40, LocalSearches = 1 });
}

/// <summary>A sampler, as the tests know it.</summary>
/// <param name="Name">Its name in the YAML.</param>
/// <param name="Id">Its <see cref="Sampler.AlgorithmId"/>.</param>
/// <param name="Create">Makes one of a seed, with options that make it quick and let it pass through all that it does in a few
/// trials.</param>
/// <param name="Options">The record of its options, with all defaults; null when it has none.</param>
/// <param name="Frozen">A hash of the bits of a whole study, which stay the same as long as the id does.</param>
internal sealed record SamplerRow(string Name, string Id, Func<long, Sampler> Create, object? Options, ulong Frozen)
{
    /// <summary>Whether another seed gives other points.</summary>
    public bool HasSeed { get; init; } = true;
}
