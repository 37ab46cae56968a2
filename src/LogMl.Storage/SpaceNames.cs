using LogMl.Optimization;
using LogMl.Optimization.Distributions;

namespace LogMl.Storage;

/// <summary>The names of the parameters in the previous space of a study.</summary>
internal sealed class SpaceNames
{
    private readonly HashSet<string> _all = new(StringComparer.Ordinal);
    private readonly HashSet<string> _always = new(StringComparer.Ordinal);

    public SpaceNames(SearchSpace space)
    {
        _always.UnionWith(space.Select(parameter => parameter.Key));
        Add(space);
    }

    public bool Contains(string name) => _all.Contains(name);

    /// <summary>
    /// Whether a trial has the parameters of this space. Then it may be a trial of this library. Trials of other programs may have other
    /// parameters.
    /// </summary>
    public bool Fit(TrialRecord trial) =>
        trial.Parameters.All(value => _all.Contains(value.Key)) && _always.IsSubsetOf(trial.Parameters.Select(value => value.Key));

    private void Add(SearchSpace space)
    {
        foreach (var (name, distribution) in space)
        {
            _all.Add(name);
            foreach (var branch in distribution is ChoiceDistribution choice ? choice.Branches.OfType<Branch>() : [])
            {
                Add(branch.Parameters);
            }
        }
    }
}
