using LogMl.Optimization;
using LogMl.Storage.Encoding;

namespace LogMl.Storage;

/// <summary>The names of the parameters in the previous space of a study.</summary>
internal sealed class SpaceNames
{
    private readonly HashSet<string> _all = new(StringComparer.Ordinal);
    private readonly HashSet<string> _always = new(StringComparer.Ordinal);

    public SpaceNames(SearchSpace space)
    {
        _always.UnionWith(space.Select(parameter => parameter.Key));
        _all.UnionWith(StoredSpace.WithBranches(space).Select(parameter => parameter.Name));
    }

    public bool Contains(string name) => _all.Contains(name);

    /// <summary>
    /// Whether a trial has the parameters of this space. Then it may be a trial of this library. Trials of other programs may have other
    /// parameters.
    /// </summary>
    public bool Fit(TrialRecord trial) =>
        trial.Parameters.All(value => _all.Contains(value.Key)) && _always.IsSubsetOf(trial.Parameters.Select(value => value.Key));
}
