using System.Globalization;
using LogMl.Host.Manifests;

namespace LogMl.Host.Search;

/// <summary>How many folds of one trial run at the same time: <c>n_jobs</c> of <c>cross_validation</c>.</summary>
/// <param name="Asked">The number in the YAML; -1 for as many as there are workers.</param>
/// <param name="Workers">The number of workers.</param>
internal readonly record struct FoldJobs(int Asked, int Workers)
{
    /// <summary>The greatest number; 1 when a worker runs all folds of its trial.</summary>
    public int AtOnce => Asked < 0 ? Workers : Math.Min(Asked, Workers);

    /// <summary>Whether each fold is given to a worker by itself.</summary>
    public bool AreApart => AtOnce > 1;

    /// <summary>What the user should know, in a clause; null when a worker runs all folds of its trial, as is the default.</summary>
    public string? Note => (Asked, AreApart) switch
    {
        (1, _) => null,
        (_, false) =>
            "cross_validation: n_jobs has no effect with one worker, which runs the folds of a trial one after the other; set workers",
        _ => string.Create(
            CultureInfo.InvariantCulture, $"cross_validation: up to {AtOnce} folds of a trial run at the same time")
            + (Asked > Workers
                ? string.Create(CultureInfo.InvariantCulture, $", and not {Asked} (n_jobs), because there are {Workers} workers")
                : ""),
    };

    public static FoldJobs Of(Manifest manifest, OptimizationSettings settings) => new(manifest.FoldJobs, settings.Workers);
}
