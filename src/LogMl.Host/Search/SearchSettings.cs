using System.Text.Json;
using LogMl.Host.Manifests;
using LogMl.Host.Sampling;
using LogMl.Optimization;
using LogMl.Shared;

namespace LogMl.Host.Search;

/// <summary>What the YAML says, with the overrides of the command line over it.</summary>
internal sealed record SearchSettings(string Algorithm, int MaxEvals, long Seed, bool ShowProgress)
{
    /// <summary>The sampler's options, or null.</summary>
    public JsonElement? AlgorithmOptions { get; init; }

    /// <summary>Who gives up hopeless trials.</summary>
    public Pruner Pruner { get; init; } = Pruners.None;

    /// <summary>Whether somebody does.</summary>
    public bool IsPruning => Pruner != Pruners.None;

    /// <summary>The points that are tried first: values by the name of the parameter.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, double>> PointsToEvaluate { get; init; } = [];

    /// <summary>A loss at or below this ends the search; null: none does.</summary>
    public double? LossThreshold { get; init; }

    /// <summary>How long the search may do without a better trial; null: for ever.</summary>
    public NoImprovement? NoImprovement { get; init; }

    /// <summary>After this time the search ends; null: no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <exception cref="HostException">The optimization is switched off, or there is nothing to search.</exception>
    public static SearchSettings Of(Manifest manifest, HostOptions options)
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
            options.Seed ?? optimization.RandomSeed ?? Seeds.New(),
            options.ShowProgress && optimization.ShowProgressBar)
        {
            // Another algorithm has other options.
            AlgorithmOptions = options.Algorithm is null || options.Algorithm == optimization.Algorithm ? optimization.AlgorithmOptions : null,
            Pruner = optimization.Pruner is { } pruner ? PrunerFactory.Create(pruner) : Pruners.None,
            PointsToEvaluate = optimization.PointsToEvaluate,
            LossThreshold = optimization.LossThreshold,
            NoImprovement = optimization.NoImprovement is { } none ? NoImprovement.Read(OptionValues.Read(none, "no_improvement", StoppingOptions.NoImprovement)) : null,
            Timeout = options.Timeout ?? optimization.Timeout,
        };
    }

    public Study CreateStudy(IReadOnlyList<SpaceParameter> parameters)
    {
        var space = new SearchSpace();
        foreach (var parameter in parameters)
        {
            space[parameter.Name] = parameter.Distribution;
        }

        try
        {
            return new Study(space, new StudyOptions { Sampler = SamplerFactory.Create(Algorithm, Seed, AlgorithmOptions), Pruner = Pruner });
        }
        catch (ArgumentException exception)
        {
            throw new HostException(HostErrors.NothingToOptimize, $"The algorithm '{Algorithm}' cannot search this space: {exception.Message}");
        }
    }

    private static HostException Nothing(string message) => new(HostErrors.NothingToOptimize, message);
}
