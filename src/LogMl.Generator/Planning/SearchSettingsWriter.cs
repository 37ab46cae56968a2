using System.Globalization;
using LogMl.Configuration;
using LogMl.Generator.Parameters;

namespace LogMl.Generator.Planning;

/// <summary>Writes the settings of the search for the manifest (docs/architecture.md, seam 2); what the YAML does not set is not there.</summary>
internal static class SearchSettingsWriter
{
    public static string Write(OptimizationConfiguration? optimization) => optimization is null
        ? "null"
        : "{\"enable\":" + ManifestWriter.Json(optimization.Enable)
            + ",\"algorithm\":" + Literals.Json(optimization.Algorithm)
            + Entry("algorithm_options", optimization.AlgorithmOptions.IsEmpty ? null : Options(optimization.AlgorithmOptions))
            + ",\"max_evals\":" + optimization.MaxEvals.ToString(CultureInfo.InvariantCulture)
            + ",\"random_seed\":" + (optimization.RandomSeed?.ToString(CultureInfo.InvariantCulture) ?? "null")
            + ",\"show_progressbar\":" + ManifestWriter.Json(optimization.ShowProgressBar)
            + Entry("pruner", optimization.Pruner is { } pruner ? Pruner(pruner) : null)
            + Entry("timeout", optimization.Timeout is { } timeout ? Literals.RoundTrip(timeout) : null)
            + Entry("loss_threshold", optimization.LossThreshold is { } threshold ? Literals.RoundTrip(threshold) : null)
            + Entry("no_improvement", optimization.NoImprovement.IsEmpty ? null : Options(optimization.NoImprovement))
            + Entry("terminator", optimization.Terminator is { } terminator ? Options(terminator) : null)
            + Entry("duplicates", optimization.Duplicates is { } duplicates ? Literals.Json(duplicates) : null)
            + Entry("points_to_evaluate", optimization.PointsToEvaluate.IsEmpty ? null : "[" + string.Join(",", optimization.PointsToEvaluate.Select(Point)) + "]")
            + Entry("workers", optimization.Workers?.ToString(CultureInfo.InvariantCulture))
            + Entry("trial_timeout", optimization.TrialTimeout is { } trialTimeout ? Literals.RoundTrip(trialTimeout) : null)
            + Entry("trial_memory", optimization.TrialMemory?.ToString(CultureInfo.InvariantCulture))
            + Entry("max_retries", optimization.MaxRetries?.ToString(CultureInfo.InvariantCulture))
            + Entry("max_failures", optimization.MaxFailures?.ToString(CultureInfo.InvariantCulture))
            + "}";

    private static string Entry(string name, string? json) => json is null ? "" : ",\"" + name + "\":" + json;

    private static string Pruner(PrunerConfiguration pruner) =>
        "{\"name\":" + Literals.Json(pruner.Name) + ",\"options\":" + Options(pruner.Options) + Entry("wrapped", pruner.Wrapped is { } wrapped ? Pruner(wrapped) : null) + "}";

    private static string Options(IEnumerable<SettingConfiguration> options) =>
        "{" + string.Join(",", options.Select(option => Literals.Json(option.Name) + ":" + ManifestWriter.Json(option.Value))) + "}";

    private static string Point(PointConfiguration point) =>
        "{" + string.Join(",", point.Values.Select(value => Literals.Json(value.Step + "." + value.Parameter) + ":" + Literals.RoundTrip(value.Value))) + "}";
}
