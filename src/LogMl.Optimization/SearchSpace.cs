using System.Collections;
using System.Globalization;
using System.Text.Json;
using LogMl.Optimization.Distributions;
using LogMl.Optimization.Json;

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
        get => _distributions.TryGetValue(name, out var found)
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
    /// <param name="distribution">The values of the parameter and their prior probabilities.</param>
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

    /// <summary>
    /// Translates options of choices into their indices, for <see cref="StudyOptions.Fixed"/>, <see cref="Study.Enqueue"/> and
    /// <see cref="Study.Ask(IEnumerable{KeyValuePair{string, double}})"/>: <c>space.Values(("kernel", "rbf"), ("width", 0.5))</c>.
    /// </summary>
    /// <param name="values">
    /// Names of parameters, those of branches included. The value of a choice is one of its options, any other value is a number.
    /// </param>
    /// <returns>The same values with the index of each option, in the form of <see cref="Trial.Values"/>.</returns>
    /// <exception cref="ArgumentException">
    /// A name is unknown or given twice, a value is not an option of its choice, or a value is not a number.
    /// </exception>
    public IReadOnlyDictionary<string, double> Values(params (string Name, object? Value)[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var result = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        foreach ((var name, var value) in values)
        {
            var distribution = Find(name)
                ?? throw new ArgumentException($"The search space has no parameter '{name}'.", nameof(values));
            var number = distribution is ChoiceDistribution choice ? choice.IndexOf(name, value) : ToNumber(name, value);
            if (!result.TryAdd(name, number))
            {
                throw new ArgumentException($"Parameter '{name}' is given twice.", nameof(values));
            }
        }

        return result;
    }

    /// <summary>
    /// Reads a space from JSON: <c>{"params": [{"name": "x", "dist": "uniform", "args": [-5, 10]}, {"name": "k", "dist": "choice",
    /// "options": [1, "a"]}]}</c>. It is the form that <see cref="ToJson"/> writes.
    /// </summary>
    /// <remarks>
    /// The names of the distributions and their arguments are those of hyperopt. An option is a literal, or a branch: an object with a
    /// <c>label</c> and the <c>params</c> of the branch. A pchoice has <c>probs</c> beside its <c>options</c>.
    /// </remarks>
    /// <param name="json">The text.</param>
    /// <returns>The space, which may be changed.</returns>
    /// <exception cref="JsonException">The text is not JSON, or an object in it has a key twice.</exception>
    /// <exception cref="FormatException">
    /// The JSON is not a valid space. The message begins with the path of the error: <c>$.params[2].args</c>.
    /// </exception>
    public static SearchSpace Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var options = new JsonDocumentOptions { MaxDepth = SpaceReader.MaxDepth, AllowDuplicateProperties = false };
        using var document = JsonDocument.Parse(json, options);
        return Parse(document.RootElement);
    }

    /// <summary>Reads a space that is a part of other JSON, as <see cref="Parse(string)"/> does.</summary>
    /// <param name="json">The object with <c>params</c>.</param>
    /// <returns>The space, which may be changed.</returns>
    /// <exception cref="FormatException">
    /// The JSON is not a valid space. The message begins with the path of the error, relative to this object.
    /// </exception>
    public static SearchSpace Parse(JsonElement json) => SpaceReader.Read(json);

    /// <summary>Writes the space as the JSON that <see cref="Parse(string)"/> reads, in one line.</summary>
    /// <remarks>An option that is not null, a boolean, a number or a text is written as its text, and read as one.</remarks>
    /// <returns>The text.</returns>
    public string ToJson() => SpaceWriter.Write(this);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Distribution>> GetEnumerator() => _distributions.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>
    /// Forbids further changes. A branch freezes its space before its choice can be added to a space, so no space can contain itself.
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

    private Distribution? Find(string name) =>
        _distributions.TryGetValue(name, out var found)
            ? found
            : _distributions.Values.OfType<ChoiceDistribution>()
                .SelectMany(choice => choice.Branches)
                .Select(branch => branch?.Parameters.Find(name))
                .FirstOrDefault(distribution => distribution is not null);

    private static double ToNumber(string name, object? value) =>
        value is IConvertible convertible and not (string or bool or char or Enum or DateTime)
            ? convertible.ToDouble(CultureInfo.InvariantCulture)
            : throw new ArgumentException(
                $"Parameter '{name}' needs a number; got {value ?? "null"}{(value is null ? "" : $" ({value.GetType().Name})")}.",
                nameof(value));

    private void Append(List<Parameter> parameters, HashSet<string> names, Parameter? parent, int parentOption)
    {
        foreach ((var name, var distribution) in _distributions)
        {
            if (!names.Add(name))
            {
                throw DuplicateName(name);
            }

            var parameter = new Parameter(parameters.Count, name, distribution, parent, parentOption);
            parameters.Add(parameter);
            if (distribution is ChoiceDistribution choice)
            {
                for (var option = 0; option < choice.Branches.Count; option++)
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
