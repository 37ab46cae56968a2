using System.Text.Json;
using LogMl.Host.Manifests;
using LogMl.Host.Sampling;
using LogMl.Host.Workers;
using LogMl.Optimization;
using LogMl.Optimization.Pruning;
using LogMl.Optimization.Stopping;
using LogMl.Shared;

namespace LogMl.Host.Search;

/// <summary>What the YAML says, with the overrides of the command line over it.</summary>
internal sealed record SearchSettings(string Algorithm, int MaxEvals, long Seed, bool ShowProgress)
{
    private const int DefaultMaxRetries = 1;
    private const int DefaultMaxFailures = 10;

    /// <summary>The sampler's options, or null.</summary>
    public JsonElement? AlgorithmOptions { get; init; }

    /// <summary>Who gives up hopeless trials.</summary>
    public Pruner Pruner { get; init; } = Pruners.None;

    /// <summary>Whether somebody does.</summary>
    public bool IsPruning => Pruner != Pruners.None;

    /// <summary>The points that are tried first: values by the name of the parameter.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, double>> PointsToEvaluate { get; init; } = [];

    /// <summary>What ends the search early.</summary>
    public IReadOnlyList<StoppingCriterion> Stopping { get; init; } = [];

    /// <summary>What becomes of a point that was tried before.</summary>
    public DuplicateHandling Duplicates { get; init; }

    /// <summary>After this time the search ends; null: no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How many trials run at a time.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>What a trial may take; null: as long as it wants.</summary>
    public TimeSpan? TrialTimeout { get; init; }

    /// <summary>The bytes that a trial may take; null: as many as it wants.</summary>
    public long? TrialMemory { get; init; }

    /// <summary>What a trial may take, in one.</summary>
    public TrialLimits Limits => new(TrialTimeout, TrialMemory);

    /// <summary>How often a trial whose process was killed from outside is run again.</summary>
    public int MaxRetries { get; init; } = DefaultMaxRetries;

    /// <summary>When so many trials of a call have failed and no other has ended, the search ends: the next ones would fail too.</summary>
    public int MaxFailures { get; init; } = DefaultMaxFailures;

    /// <param name="manifest">What was compiled.</param>
    /// <param name="options">What the command line says instead.</param>
    /// <param name="storedSeed">The seed with which the study was begun; null for a new one.</param>
    /// <exception cref="HostException">The optimization is switched off, or there is nothing to search.</exception>
    public static SearchSettings Of(Manifest manifest, HostOptions options, long? storedSeed)
    {
        if (manifest.Optimization is not { } optimization)
        {
            throw Nothing($"The YAML of '{manifest.Name}' has no section hyper_parameter_optimization. Add it, with a space.");
        }

        if (!optimization.Enable)
        {
            throw Nothing($"The optimization of '{manifest.Name}' is switched off: hyper_parameter_optimization has 'enable: false'. Remove that, or run the workflow once with -t:LogMlRun.");
        }

        if (manifest.Space.Count == 0)
        {
            throw Nothing($"The search space of '{manifest.Name}' is empty. Add parameters below hyper_parameter_optimization: space:, or run the workflow once with -t:LogMlRun.");
        }

        return new SearchSettings(
            options.Algorithm ?? optimization.Algorithm,
            options.MaxEvals ?? optimization.MaxEvals,
            options.Seed ?? optimization.RandomSeed ?? storedSeed ?? Seeds.New(),
            options.ShowProgress && optimization.ShowProgressBar)
        {
            // Another algorithm has other options.
            AlgorithmOptions = options.Algorithm is null || options.Algorithm == optimization.Algorithm ? optimization.AlgorithmOptions : null,
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

    private static HostException Nothing(string message) => new(HostErrors.NothingToOptimize, message);
}
