namespace LogMl.Configuration.Model;

/// <summary>The section <c>hyper_parameter_optimization</c> without its space.</summary>
/// <param name="Enable">False only when the file says so: a section without <c>enable</c> is enabled.</param>
/// <param name="Algorithm">The name of the sampler; <c>auto</c> when the file has none.</param>
/// <param name="MaxEvals">Number of trials, at least 1; 100 when the file does not say.</param>
/// <param name="RandomSeed">The seed of the search, or null when the file does not fix one.</param>
/// <param name="ShowProgressBar">True unless the file says otherwise.</param>
public sealed record OptimizationConfiguration(bool Enable, string Algorithm, int MaxEvals, long? RandomSeed, bool ShowProgressBar)
{
    /// <summary>The options of the sampler that the file sets: numbers, truth values and words, each as the sampler takes it.</summary>
    public EquatableArray<SettingConfiguration> AlgorithmOptions { get; init; }

    /// <summary>The pruner, which ends hopeless trials early; null for none.</summary>
    public PrunerConfiguration? Pruner { get; init; }

    /// <summary>The seconds after which the search ends, or null.</summary>
    public double? Timeout { get; init; }

    /// <summary>The loss at which the search ends, or null.</summary>
    public double? LossThreshold { get; init; }

    /// <summary>The options of the stop without improvement, with <c>trials</c>; empty when the file does not set it.</summary>
    public EquatableArray<SettingConfiguration> NoImprovement { get; init; }

    /// <summary>The options of the stop by a small remaining regret; null when the file does not set it.</summary>
    public EquatableArray<SettingConfiguration>? Terminator { get; init; }

    /// <summary>
    /// What happens to a point that was tried before: <c>reevaluate</c>, <c>reuse</c> or <c>skip</c>; null when the file does not say.
    /// </summary>
    public string? Duplicates { get; init; }

    /// <summary>The points that are tried first.</summary>
    public EquatableArray<PointConfiguration> PointsToEvaluate { get; init; }

    /// <summary>The number of trials that run at the same time, or null.</summary>
    public int? Workers { get; init; }

    /// <summary>The time limit of a trial in seconds, or null.</summary>
    public double? TrialTimeout { get; init; }

    /// <summary>The memory limit of a trial in bytes, or null.</summary>
    public long? TrialMemory { get; init; }

    /// <summary>How often a trial whose process was killed from outside is run again, or null.</summary>
    public int? MaxRetries { get; init; }

    /// <summary>How many trials may fail at the start, with no success among them, before the search ends; or null.</summary>
    public int? MaxFailures { get; init; }
}

/// <summary>A pruner.</summary>
/// <param name="Name">Its name, such as <c>hyperband</c>.</param>
/// <param name="Options">The options that the file sets.</param>
/// <param name="Wrapped">The pruner that the patient pruner wraps, or null.</param>
public sealed record PrunerConfiguration(string Name, EquatableArray<SettingConfiguration> Options, PrunerConfiguration? Wrapped);

/// <summary>A point, or a part of one. The sampler adds what is missing.</summary>
/// <param name="Values">The values, in the order of the file.</param>
public sealed record PointConfiguration(EquatableArray<PointValue> Values);

/// <summary>A value of a point.</summary>
/// <param name="Step">The step.</param>
/// <param name="Parameter">The parameter's name in the YAML.</param>
/// <param name="Value">The value as in a trial: a number, or the index of an option.</param>
public sealed record PointValue(string Step, string Parameter, double Value);
