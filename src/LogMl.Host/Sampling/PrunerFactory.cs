using System.Text.Json;
using System.Text.Json.Serialization;
using LogMl.Optimization;
using LogMl.Optimization.Pruning;
using LogMl.Shared;
using LogMl.Shared.Sampling;

namespace LogMl.Host.Sampling;

/// <summary>Creates pruners from the names and options of the YAML.</summary>
internal static partial class PrunerFactory
{
    /// <param name="json">
    /// An object with the pruner's <c>name</c>, its <c>options</c> and, for the patient pruner, perhaps the <c>wrapped</c> pruner.
    /// </param>
    /// <exception cref="FormatException">
    /// There is no such pruner or option, a value is wrong, or two options contradict each other.
    /// </exception>
    public static Pruner Create(JsonElement json)
    {
        var name = json.GetProperty("name").GetString()!;
        var values = OptionValues.Read(json.GetProperty("options"), name, PrunerOptions.Of(name));
        return PrunerOptions.Conflict(name, values.Number) is { } conflict
            ? throw new FormatException(conflict)
            : CreateUnchecked(name, values, json.TryGetProperty(PrunerOptions.Wrapped, out var wrapped) ? Create(wrapped) : null);
    }

    /// <summary>Creates a pruner without the checks of the rules. The pruner itself checks its options.</summary>
    /// <param name="name">One of <see cref="PrunerOptions.Names"/>.</param>
    /// <param name="values">Its options, with all that it requires.</param>
    /// <param name="wrapped">The pruner that the patient pruner wraps, or null.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal static Pruner CreateUnchecked(string name, OptionValues values, Pruner? wrapped) => name switch
    {
        PrunerOptions.None => Pruners.None,
        PrunerOptions.Median => Pruners.Median(values.Bind(() => PrunerRecords.Default.PercentileOptions)),
        PrunerOptions.Percentile =>
            Pruners.Percentile(values.Number(PrunerOptions.Percentile)!.Value, values.Bind(() => PrunerRecords.Default.PercentileOptions)),
        PrunerOptions.SuccessiveHalving => Pruners.SuccessiveHalving(values.Bind(() => PrunerRecords.Default.SuccessiveHalvingOptions)),
        PrunerOptions.Hyperband => Pruners.Hyperband(values.Bind(() => PrunerRecords.Default.HyperbandOptions)),
        PrunerOptions.Threshold => Pruners.Threshold(
            values.Number(PrunerOptions.Lower), values.Number(PrunerOptions.Upper),
            values.Bind(() => PrunerRecords.Default.ThresholdOptions)),
        PrunerOptions.Patient =>
            Pruners.Patient((int)values.Number(PrunerOptions.Patience)!.Value, wrapped, values.Number(PrunerOptions.MinDelta) ?? 0),
        PrunerOptions.Wilcoxon => Pruners.Wilcoxon(values.Bind(() => PrunerRecords.Default.WilcoxonOptions)),
        PrunerOptions.FoldBound => Pruners.FoldBound(values.Number(PrunerOptions.LowerBound), values.Number(PrunerOptions.UpperBound)),
        _ => throw new FormatException($"There is no pruner '{name}'."),
    };

    /// <summary>The JSON metadata of the options records of pruners.</summary>
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(HyperbandOptions))]
    [JsonSerializable(typeof(PercentileOptions))]
    [JsonSerializable(typeof(SuccessiveHalvingOptions))]
    [JsonSerializable(typeof(ThresholdOptions))]
    [JsonSerializable(typeof(WilcoxonOptions))]
    internal sealed partial class PrunerRecords : JsonSerializerContext;
}
