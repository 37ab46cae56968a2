using System.Text.Json;
using System.Text.Json.Serialization;
using LogMl.Optimization;
using LogMl.Optimization.Sampling;
using LogMl.Shared;

namespace LogMl.Host.Sampling;

/// <summary>Makes samplers from the names and options that the YAML, MSBuild and ask-tell know.</summary>
internal static partial class SamplerFactory
{
    /// <param name="algorithm">One of <see cref="Algorithms.Names"/>.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="options">An object with options by their snake_case names; null for none.</param>
    /// <param name="budget">How many trials the search shall have: what <c>auto</c> takes as its budget when no option says it.</param>
    /// <exception cref="FormatException">The algorithm has no such option, or a value is wrong.</exception>
    public static Sampler Create(string algorithm, long seed, JsonElement? options, int budget)
    {
        // tpe with compatibility: hyperopt is tpe-hyperopt, with the options of that one.
        var isCompatible = algorithm == Algorithms.Tpe && options is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(Algorithms.Compatibility.Name, out _);
        var actual = isCompatible ? Algorithms.HyperoptTpe : algorithm;

        // The rules have the switch to compatibility, so that a slip in its name finds it.
        OptionRule[] rules = algorithm == Algorithms.Tpe ? [.. Algorithms.OptionsOf(actual), Algorithms.Compatibility] : Algorithms.OptionsOf(algorithm);
        return CreateUnchecked(actual, seed, options is { } some ? OptionValues.Read(some, algorithm, rules) : OptionValues.None, budget);
    }

    /// <summary>The sampler with options that nobody else has checked: it does so itself.</summary>
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

    private static AutoOptions WithBudget(AutoOptions options, int budget) => options with { Budget = options.Budget ?? Math.Max(1, budget) };

    /// <summary>The options of the samplers in JSON.</summary>
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
