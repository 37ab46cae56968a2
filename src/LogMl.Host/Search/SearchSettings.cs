using LogMl.Host.Manifests;
using LogMl.Host.Sampling;
using LogMl.Optimization;

namespace LogMl.Host.Search;

/// <summary>What the YAML says, with the overrides of the command line over it.</summary>
internal sealed record SearchSettings(string Algorithm, int MaxEvals, long Seed, bool ShowProgress)
{
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
            options.ShowProgress && optimization.ShowProgressBar);
    }

    public Study CreateStudy(IReadOnlyList<SpaceParameter> parameters)
    {
        var space = new SearchSpace();
        foreach (var parameter in parameters)
        {
            space[parameter.Name] = parameter.Distribution;
        }

        return new Study(space, new StudyOptions { Sampler = SamplerFactory.Create(Algorithm, Seed, options: null) });
    }

    private static HostException Nothing(string message) => new(HostErrors.NothingToOptimize, message);
}
