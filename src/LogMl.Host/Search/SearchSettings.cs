using System.Text.Json;
using LogMl.Host.Manifests;
using LogMl.Host.Sampling;
using LogMl.Host.Workers;
using LogMl.Optimization;
using LogMl.Optimization.Pruning;
using LogMl.Optimization.Stopping;
using LogMl.Shared;

namespace LogMl.Host.Search;

/// <summary>The settings of a search: those of the YAML, with the overrides of the call.</summary>
internal sealed record SearchSettings(string Algorithm, int MaxEvals, long Seed, bool ShowProgress)
{
    private const int DefaultMaxRetries = 1;
    private const int DefaultMaxFailures = 10;

    /// <summary>The sampler's options, or null.</summary>
    public JsonElement? AlgorithmOptions { get; init; }

    /// <summary>The pruner, which ends hopeless trials early.</summary>
    public Pruner Pruner { get; init; } = Pruners.None;

    /// <summary>Whether there is a pruner.</summary>
    public bool IsPruning => Pruner != Pruners.None;

    /// <summary>The points to try first: values by the name of the parameter.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, double>> PointsToEvaluate { get; init; } = [];

    /// <summary>The criteria that end the search early.</summary>
    public IReadOnlyList<StoppingCriterion> Stopping { get; init; } = [];

    /// <summary>What happens to a point that was tried before.</summary>
    public DuplicateHandling Duplicates { get; init; }

    /// <summary>The time after which the search ends; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The number of trials that run at the same time.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>The time limit of a trial; null for no limit.</summary>
    public TimeSpan? TrialTimeout { get; init; }

    /// <summary>The memory limit of a trial in bytes; null for no limit.</summary>
    public long? TrialMemory { get; init; }

    /// <summary>The limits of a trial.</summary>
    public TrialLimits Limits => new(TrialTimeout, TrialMemory);

    /// <summary>How often a trial whose process was killed from outside is run again.</summary>
    public int MaxRetries { get; init; } = DefaultMaxRetries;

    /// <summary>
    /// The number of failed trials at which the search ends when no trial of the call has succeeded. The next ones would fail too.
    /// </summary>
    public int MaxFailures { get; init; } = DefaultMaxFailures;

    /// <summary>The settings for a call.</summary>
    /// <param name="manifest">The manifest of the user's assembly.</param>
    /// <param name="options">The options of the call, which override the YAML.</param>
    /// <param name="storedSeed">The seed with which the study was started; null for a new study.</param>
    /// <exception cref="HostException">The optimization is switched off, or there is nothing to search.</exception>
    public static SearchSettings Of(Manifest manifest, HostOptions options, long? storedSeed)
    {
        if (manifest.Optimization is not { } optimization)
        {
            throw NothingToOptimize($"The YAML of '{manifest.Name}' has no section hyper_parameter_optimization. Add it, with a space.");
        }

        if (!optimization.Enable)
        {
            throw NothingToOptimize(
                $"The optimization of '{manifest.Name}' is switched off: hyper_parameter_optimization has 'enable: false'. "
                + "Remove that, or run the workflow once with -t:LogMlRun.");
        }

        if (manifest.Space.Count == 0)
        {
            throw NothingToOptimize(
                $"The search space of '{manifest.Name}' is empty. Add parameters below hyper_parameter_optimization: "
                + "space:, or run the workflow once with -t:LogMlRun.");
        }

        return new SearchSettings(
            options.Algorithm ?? optimization.Algorithm,
            options.MaxEvals ?? optimization.MaxEvals,
            options.Seed ?? optimization.RandomSeed ?? storedSeed ?? Seeds.New(),
            options.ShowProgress && optimization.ShowProgressBar)
        {
            // The options in the YAML do not fit another algorithm.
            AlgorithmOptions = options.Algorithm is null || options.Algorithm == optimization.Algorithm
                ? optimization.AlgorithmOptions
                : null,
            Pruner = optimization.Pruner is { } pruner ? PrunerFactory.Create(pruner) : Pruners.None,
            PointsToEvaluate = optimization.PointsToEvaluate,
            Stopping = [.. StoppingOf(optimization)],
            Duplicates = optimization.Duplicates switch
            {
                StoppingOptions.Reuse => DuplicateHandling.Reuse,
                StoppingOptions.Skip => DuplicateHandling.Skip,
                _ => DuplicateHandling.Reevaluate,
            },
            Timeout = options.Timeout ?? optimization.Timeout,
            Workers = options.Workers ?? optimization.Workers ?? 1,
            TrialTimeout = options.TrialTimeout ?? optimization.TrialTimeout,
            TrialMemory = options.TrialMemory ?? optimization.TrialMemory,
            MaxRetries = options.MaxRetries ?? optimization.MaxRetries ?? DefaultMaxRetries,
            MaxFailures = options.MaxFailures ?? optimization.MaxFailures ?? DefaultMaxFailures,
        };
    }

    /// <summary>The options of the engine's study.</summary>
    public StudyOptions StudyOptions() => new()
    {
        Sampler = SamplerFactory.Create(Algorithm, Seed, AlgorithmOptions, MaxEvals),
        Pruner = Pruner,
        Stopping = Stopping,
        Duplicates = Duplicates,
    };

    private static IEnumerable<StoppingCriterion> StoppingOf(OptimizationSettings optimization)
    {
        if (optimization.LossThreshold is { } threshold)
        {
            yield return StoppingCriteria.LossThreshold(threshold);
        }

        if (optimization.NoImprovement is { } noImprovement)
        {
            yield return StoppingFactory.NoImprovement(noImprovement);
        }

        if (optimization.Terminator is { } terminator)
        {
            yield return StoppingFactory.Terminator(terminator);
        }
    }

    private static HostException NothingToOptimize(string message) => new(HostErrors.NothingToOptimize, message);
}
