using System.Text.Json;
using System.Text.Json.Serialization;
using LogMl.Optimization;
using LogMl.Optimization.Sampling;

namespace LogMl.Shared.Sampling;

/// <summary>Creates samplers from the names and options of the YAML, MSBuild and ask-tell. Compiled into host and tool.</summary>
internal static partial class SamplerFactory
{
    /// <param name="algorithm">One of <see cref="Algorithms.Names"/>.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="options">An object with options by their snake_case names; null for none.</param>
    /// <param name="budget">The number of trials of the search. <c>auto</c> takes it as its budget unless an option says otherwise.</param>
    /// <exception cref="FormatException">The algorithm has no such option, or a value is wrong.</exception>
    public static Sampler Create(string algorithm, long seed, JsonElement? options, int budget)
    {
        // tpe with the option compatibility: hyperopt is tpe-hyperopt, and has the options of that.
        var isCompatible = algorithm == Algorithms.Tpe && options is { ValueKind: JsonValueKind.Object } json
            && json.TryGetProperty(Algorithms.Compatibility.Name, out _);
        var actual = isCompatible ? Algorithms.HyperoptTpe : algorithm;

        // The rules include the option compatibility, so that it is suggested when its name is misspelt.
        var rules = algorithm == Algorithms.Tpe
            ? [.. Algorithms.OptionsOf(actual), Algorithms.Compatibility]
            : Algorithms.OptionsOf(algorithm);
        return CreateUnchecked(actual, seed, options is { } some ? OptionValues.Read(some, algorithm, rules) : OptionValues.None, budget);
    }

    /// <summary>Creates a sampler without the checks of the rules. The sampler itself checks its options.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal static Sampler CreateUnchecked(string algorithm, long seed, OptionValues values, int budget) => algorithm switch
    {
        Algorithms.Random => Samplers.Random(seed),
        Algorithms.Tpe => Samplers.Tpe(seed, values.Bind(() => SamplerRecords.Default.TpeOptions)),
        Algorithms.HyperoptTpe => Samplers.HyperoptTpe(seed, values.Bind(() => SamplerRecords.Default.HyperoptTpeOptions)),
        Algorithms.GaussianProcess => Samplers.GaussianProcess(seed, values.Bind(() => SamplerRecords.Default.GpOptions)),
        Algorithms.Anneal => Samplers.Anneal(seed, values.Bind(() => SamplerRecords.Default.AnnealOptions)),
        Algorithms.Qmc => Samplers.Qmc(seed),
        Algorithms.Grid => Samplers.Grid(values.Bind(() => SamplerRecords.Default.GridOptions)),
        Algorithms.CmaEs => Samplers.CmaEs(seed, values.Bind(() => SamplerRecords.Default.CmaEsOptions)),
        Algorithms.NsgaII => Samplers.NsgaII(seed, values.Bind(() => SamplerRecords.Default.NsgaIIOptions)),
        Algorithms.Auto => Samplers.Auto(seed, WithBudget(values.Bind(() => SamplerRecords.Default.AutoOptions), budget)),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Names are checked before."),
    };

    private static AutoOptions WithBudget(AutoOptions options, int budget) =>
        options with { Budget = options.Budget ?? Math.Max(1, budget) };

    /// <summary>The JSON metadata of the options records of samplers.</summary>
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(AnnealOptions))]
    [JsonSerializable(typeof(AutoOptions))]
    [JsonSerializable(typeof(CmaEsOptions))]
    [JsonSerializable(typeof(GpOptions))]
    [JsonSerializable(typeof(GridOptions))]
    [JsonSerializable(typeof(HyperoptTpeOptions))]
    [JsonSerializable(typeof(NsgaIIOptions))]
    [JsonSerializable(typeof(TpeOptions))]
    internal sealed partial class SamplerRecords : JsonSerializerContext;
}
