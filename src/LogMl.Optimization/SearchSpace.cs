using System.Collections;

namespace LogMl.Optimization;

/// <summary>
/// The parameters to optimize, by name, in the order in which they were added:
/// <c>new SearchSpace { ["x"] = Distribution.Uniform(-5, 10), ["lr"] = Distribution.LogUniform(-7, 0) }</c>.
/// </summary>
/// <remarks>A space cannot be changed once a <see cref="Study"/> or a <see cref="Branch"/> of a choice uses it.</remarks>
public sealed class SearchSpace : IEnumerable<KeyValuePair<string, Distribution>>
{
    private readonly OrderedDictionary<string, Distribution> _distributions = new(StringComparer.Ordinal);
    private bool _frozen;

    /// <summary>The number of parameters, without those inside of branches.</summary>
    public int Count => _distributions.Count;

    /// <summary>The distribution of a parameter. Setting one that exists replaces it in its place.</summary>
    /// <param name="name">The name; not empty.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="KeyNotFoundException">Getting: the space has no parameter of this name.</exception>
    /// <exception cref="InvalidOperationException">Setting: the space is already in use.</exception>
    public Distribution this[string name]
    {
        get => _distributions.TryGetValue(name, out Distribution? found)
            ? found
            : throw new KeyNotFoundException($"The search space has no parameter '{name}'.");
        set
        {
            RequireChangeable(name, value);
            _distributions[name] = value;
        }
    }

    /// <summary>Adds a parameter.</summary>
    /// <param name="name">The name; not empty, and new.</param>
    /// <param name="distribution">What values the parameter can take.</param>
    /// <exception cref="ArgumentException">The name is empty or already there.</exception>
    /// <exception cref="InvalidOperationException">The space is already in use.</exception>
    public void Add(string name, Distribution distribution)
    {
        RequireChangeable(name, distribution);
        if (!_distributions.TryAdd(name, distribution))
        {
            throw DuplicateName(name);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Distribution>> GetEnumerator() => _distributions.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>
    /// Ends all changes. Since a branch freezes its space before the choice can be added to one, no space can contain itself.
    /// </summary>
    internal void Freeze() => _frozen = true;

    /// <summary>All parameters with those of the branches, each parent before its children.</summary>
    internal Parameter[] Flatten()
    {
        Freeze();
        var parameters = new List<Parameter>();
        Append(parameters, new HashSet<string>(StringComparer.Ordinal), parent: null, parentOption: -1);
        return [.. parameters];
    }

    private void Append(List<Parameter> parameters, HashSet<string> names, Parameter? parent, int parentOption)
    {
        foreach ((string name, Distribution distribution) in _distributions)
        {
            if (!names.Add(name))
            {
                throw DuplicateName(name);
            }

            var parameter = new Parameter(parameters.Count, name, distribution, parent, parentOption);
            parameters.Add(parameter);
            if (distribution is ChoiceDistribution choice)
            {
                for (int option = 0; option < choice.Branches.Count; option++)
                {
                    choice.Branches[option]?.Parameters.Append(parameters, names, parameter, option);
                }
            }
        }
    }

    private void RequireChangeable(string name, Distribution distribution)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(distribution);
        if (_frozen)
        {
            throw new InvalidOperationException(
                $"Parameter '{name}' cannot be set: the search space is already used by a study or a branch.");
        }
    }

    private static ArgumentException DuplicateName(string name) =>
        new($"The search space has two parameters named '{name}'; a name is unique in the whole space, branches included.", nameof(name));
}
