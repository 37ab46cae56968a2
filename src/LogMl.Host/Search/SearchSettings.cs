using LogMl.Host.Manifests;
using LogMl.Host.Sampling;
using LogMl.Shared.Sampling;
using LogMl.Host.Workers;
using LogMl.Optimization;
using LogMl.Optimization.Pruning;
using LogMl.Optimization.Stopping;
using LogMl.Shared;
using LogMl.Shared.Requests;

namespace LogMl.Host.Search;

/// <summary>The settings of a search: the keys of <c>hyper_parameter_optimization</c> in this call, and what follows from them.</summary>
internal sealed record SearchSettings : OptimizationSettings
{
    private readonly Pruner _pruner;
    private readonly IReadOnlyList<StoppingCriterion> _stopping;

    private SearchSettings(OptimizationSettings optimization, bool isCrossValidated)
        : base(optimization)
    {
        IsCrossValidated = isCrossValidated;
        _pruner = optimization.Pruner is { } pruner ? PrunerFactory.Create(pruner) : Pruners.None;
        if (isCrossValidated && IsPruning)
        {
            // The reports are the losses of the folds, which differ more than the trials do.
            _pruner = Pruners.RunningMean(_pruner);
        }

        _stopping = [.. StoppingOf(optimization, isCrossValidated)];
    }

    /// <summary>The seed of the search.</summary>
    public long Seed { get; private init; }

    /// <summary>Whether progress is shown.</summary>
    public bool ShowProgress { get; private init; }

    /// <summary>Whether the reports of a trial are the objectives of its folds.</summary>
    public bool IsCrossValidated { get; }

    /// <summary>How many folds of one trial run at the same time.</summary>
    public FoldJobs Folds { get; private init; }

    /// <summary>The limits of a trial.</summary>
    public TrialLimits Limits => new(TrialTimeout, TrialMemory);

    /// <summary>Whether there is a pruner.</summary>
    public bool IsPruning => _pruner != Pruners.None;

    /// <summary>The settings for a call.</summary>
    /// <param name="manifest">The manifest of the user's assembly, with the overrides of the call.</param>
    /// <param name="request">What the build asks.</param>
    /// <param name="storedSeed">The seed with which the study was started; null for a new study.</param>
    /// <exception cref="HostException">The optimization is switched off, or there is nothing to search.</exception>
    public static SearchSettings Of(Manifest manifest, HostRequest request, long? storedSeed)
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

        if (optimization.Goals.AreSeveral && !Algorithms.ForSeveralObjectives.Contains(optimization.Algorithm))
        {
            throw new HostException(
                HostErrors.OneObjective,
                $"The algorithm '{optimization.Algorithm}' takes one objective, and '{manifest.Name}' has "
                + $"{optimization.Goals.Objectives.Count}: it {optimization.Goals.Words}. For several there are "
                + $"{string.Join(", ", Algorithms.ForSeveralObjectives)}; set HyperOptAlgorithm to one of them, or clear it.");
        }

        return new SearchSettings(optimization, manifest.CrossValidation is not null)
        {
            Seed = optimization.RandomSeed ?? storedSeed ?? request.NewSeed ?? Seeds.New(),
            ShowProgress = optimization.ShowProgressBar && !request.NoProgress,
            Folds = FoldJobs.Of(manifest, optimization),
        };
    }

    /// <summary>The options of the engine's study.</summary>
    public StudyOptions StudyOptions() => new()
    {
        Sampler = SamplerFactory.Create(Algorithm, Seed, AlgorithmOptions, MaxEvals),
        Directions = Goals.Directions,
        Pruner = _pruner,
        Stopping = _stopping,
        DeterministicWorkers = Deterministic ? Workers : null,
        Duplicates = Duplicates switch
        {
            StoppingOptions.Reuse => DuplicateHandling.Reuse,
            StoppingOptions.Skip => DuplicateHandling.Skip,
            _ => DuplicateHandling.Reevaluate,
        },
    };

    private static IEnumerable<StoppingCriterion> StoppingOf(OptimizationSettings optimization, bool isCrossValidated)
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
            yield return StoppingFactory.Terminator(terminator, isCrossValidated);
        }
    }

    private static HostException NothingToOptimize(string message) => new(HostErrors.NothingToOptimize, message);
}
