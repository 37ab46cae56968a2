using LogMl.Configuration.Model;
using LogMl.Configuration.Yaml;

namespace LogMl.Configuration.Reading;

/// <summary>
/// The keys of <c>hyper_parameter_optimization</c>, one row each, in the order in which messages and the manifest list them.
/// </summary>
internal static class OptimizationKeys
{
    public const string Space = "space";
    public const string Points = "points_to_evaluate";

    public static readonly OptimizationKey[] Table =
    [
        new("enable", (reader, all, key, node) => all with { Enable = reader.ReadBool(key, node) ?? all.Enable }, all => all.Enable),
        new("algorithm", (reader, all, _, node) => reader.Algorithm.With(all, node), all => all.Algorithm),
        new("algorithm_options", null, all => Some(all.AlgorithmOptions)) { IsInFile = false },
        new("max_evals", (reader, all, _, node) => all with { MaxEvals = reader.ReadMaxEvals(node) ?? all.MaxEvals }, all => all.MaxEvals),
        new("random_seed", (reader, all, key, node) => all with { RandomSeed = reader.ReadInteger(key, node) },
            all => all.RandomSeed) { IsWrittenWhenNull = true },
        new("show_progressbar", (reader, all, key, node) => all with { ShowProgressBar = reader.ReadBool(key, node) ?? all.ShowProgressBar },
            all => all.ShowProgressBar),
        new(Space, null, null),
        new("pruner", (reader, all, key, node) => all with { Pruner = reader.Pruner.Read(key, node) }, all => all.Pruner),
        new("timeout", (reader, all, key, node) => all with { Timeout = reader.Stopping.ReadTimeout(key, node) }, all => all.Timeout),
        new("loss_threshold", (reader, all, _, node) => all with { LossThreshold = reader.Stopping.ReadLossThreshold(node) },
            all => all.LossThreshold),
        new("no_improvement", (reader, all, _, node) => all with { NoImprovement = reader.Stopping.ReadNoImprovement(node) },
            all => Some(all.NoImprovement)),
        new("terminator", (reader, all, _, node) => all with { Terminator = reader.Stopping.ReadTerminator(node) }, all => all.Terminator),
        new("duplicates", (reader, all, _, node) => all with { Duplicates = reader.Stopping.ReadDuplicates(node) }, all => all.Duplicates),
        new(Points, null, all => Some(all.PointsToEvaluate)),
        new("workers", (reader, all, _, node) => all with { Workers = reader.Limits.ReadWorkers(node) }, all => all.Workers),
        new("trial_timeout", (reader, all, key, node) => all with { TrialTimeout = reader.Stopping.ReadTimeout(key, node) },
            all => all.TrialTimeout),
        new("trial_memory", (reader, all, _, node) => all with { TrialMemory = reader.Limits.ReadMemory(node) }, all => all.TrialMemory),
        new("max_retries", (reader, all, _, node) => all with { MaxRetries = reader.Limits.ReadRetries(node) }, all => all.MaxRetries),
        new("max_failures", (reader, all, _, node) => all with { MaxFailures = reader.Limits.ReadFailures(node) }, all => all.MaxFailures),
    ];

    /// <summary>The keys that the file may have.</summary>
    public static readonly string[] Names = [.. Table.Where(key => key.IsInFile).Select(key => key.Name)];

    /// <summary>A key by its name, which is one of <see cref="Names"/>.</summary>
    public static OptimizationKey Find(string name) => Array.Find(Table, key => key.Name == name);

    private static object? Some<T>(EquatableArray<T> values)
        where T : IEquatable<T> => values.IsEmpty ? null : values;
}

/// <summary>Reads the value of a key into the settings. A wrong value is reported and changes nothing.</summary>
internal delegate OptimizationConfiguration OptimizationKeyReader(
    OptimizationReader reader, OptimizationConfiguration settings, string key, YamlNode value);

/// <summary>A key of <c>hyper_parameter_optimization</c>.</summary>
/// <param name="Name">Its name, in the file and in the manifest.</param>
/// <param name="Read">Reads it; null for one that needs the parameters of the steps, which are read later.</param>
/// <param name="Value">Reads its value from the settings for the manifest; null for a key that the manifest has elsewhere.</param>
internal sealed record OptimizationKey(string Name, OptimizationKeyReader? Read, Func<OptimizationConfiguration, object?>? Value)
{
    /// <summary>False for an entry of the manifest that is no key of the file.</summary>
    public bool IsInFile { get; init; } = true;

    /// <summary>Whether the manifest has it as null when it is not set. Other keys are absent then.</summary>
    public bool IsWrittenWhenNull { get; init; }
}
