using System.Text.Json;
using LogMl.Optimization;
using LogMl.Shared;

namespace LogMl.Host.Sampling;

/// <summary>Makes pruners from the names and options that the YAML knows.</summary>
internal static class PrunerFactory
{
    /// <param name="json">An object with the pruner's <c>name</c>, its <c>options</c> and, of a patient one, perhaps the <c>wrapped</c> pruner.</param>
    /// <exception cref="FormatException">There is no such pruner, it has no such option, a value is wrong, or two do not go together.</exception>
    public static Pruner Create(JsonElement json)
    {
        var name = json.GetProperty("name").GetString()!;
        var values = OptionValues.Read(json.GetProperty("options"), name, PrunerOptions.Of(name));
        if (PrunerOptions.Conflict(name, values.Number) is { } conflict)
        {
            throw new FormatException(conflict);
        }

        return name switch
        {
            PrunerOptions.None => Pruners.None,
            PrunerOptions.Median => Pruners.Median(Percentile(values)),
            PrunerOptions.Percentile => Pruners.Percentile(values.Number("percentile", 0), Percentile(values)),
            PrunerOptions.SuccessiveHalving => Pruners.SuccessiveHalving(SuccessiveHalving(values)),
            PrunerOptions.Hyperband => Pruners.Hyperband(Hyperband(values)),
            PrunerOptions.Threshold => Pruners.Threshold(values.Number("lower"), values.Number("upper"), Threshold(values)),
            PrunerOptions.Patient => Pruners.Patient(
                values.Integer("patience", 0),
                json.TryGetProperty(PrunerOptions.Wrapped, out var wrapped) ? Create(wrapped) : null,
                values.Number("min_delta", 0)),
            PrunerOptions.Wilcoxon => Pruners.Wilcoxon(Wilcoxon(values)),
            _ => throw new FormatException($"There is no pruner '{name}'."),
        };
    }

    private static PercentileOptions Percentile(OptionValues values)
    {
        var defaults = new PercentileOptions();
        return new PercentileOptions
        {
            StartupTrials = values.Integer("startup_trials", defaults.StartupTrials),
            WarmupSteps = values.Integer("warmup_steps", defaults.WarmupSteps),
            IntervalSteps = values.Integer("interval_steps", defaults.IntervalSteps),
            MinTrials = values.Integer("min_trials", defaults.MinTrials),
        };
    }

    private static SuccessiveHalvingOptions SuccessiveHalving(OptionValues values)
    {
        var defaults = new SuccessiveHalvingOptions();
        return new SuccessiveHalvingOptions
        {
            MinResource = values.Integer("min_resource"),
            ReductionFactor = values.Integer("reduction_factor", defaults.ReductionFactor),
            MinEarlyStoppingRate = values.Integer("min_early_stopping_rate", defaults.MinEarlyStoppingRate),
            BootstrapCount = values.Integer("bootstrap_count", defaults.BootstrapCount),
        };
    }

    private static HyperbandOptions Hyperband(OptionValues values)
    {
        var defaults = new HyperbandOptions();
        return new HyperbandOptions
        {
            MinResource = values.Integer("min_resource", defaults.MinResource),
            MaxResource = values.Integer("max_resource"),
            ReductionFactor = values.Integer("reduction_factor", defaults.ReductionFactor),
            BootstrapCount = values.Integer("bootstrap_count", defaults.BootstrapCount),
        };
    }

    private static ThresholdOptions Threshold(OptionValues values)
    {
        var defaults = new ThresholdOptions();
        return new ThresholdOptions
        {
            WarmupSteps = values.Integer("warmup_steps", defaults.WarmupSteps),
            IntervalSteps = values.Integer("interval_steps", defaults.IntervalSteps),
        };
    }

    private static WilcoxonOptions Wilcoxon(OptionValues values)
    {
        var defaults = new WilcoxonOptions();
        return new WilcoxonOptions
        {
            PThreshold = values.Number("p_threshold", defaults.PThreshold),
            StartupSteps = values.Integer("startup_steps", defaults.StartupSteps),
        };
    }
}
