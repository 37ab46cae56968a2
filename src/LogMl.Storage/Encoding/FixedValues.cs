using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Json;
using LogMl.Optimization;
using LogMl.Optimization.Distributions;
using LogMl.Shared;

namespace LogMl.Storage.Encoding;

/// <summary>
/// The values of parameters that are not searched. An earlier space of the study may have searched them: a trial counts when it has these
/// values, because then it is a trial of the present space. A trial that runs without such a parameter notes the value, so that the
/// parameter can come back into the space.
/// </summary>
internal sealed class FixedValues
{
    /// <summary>
    /// The attribute of a study, and of each trial that was run without a parameter, with the values that count: of parameters that another
    /// space of the study has searched.
    /// </summary>
    public const string Key = "logml:fixed";

    private readonly Lazy<ILookup<string, StoredDistribution>> _stored;
    private readonly Dictionary<string, JsonElement> _values;

    /// <param name="values">The values by the names of the parameters.</param>
    /// <param name="stored">Reads the distributions of the study's trials, which have the options of a choice.</param>
    public FixedValues(
        IReadOnlyDictionary<string, JsonElement> values, Func<IReadOnlyList<(string Name, string DistributionJson)>> stored)
    {
        _stored = new(() =>
            stored().Select(pair => (pair.Name, Distribution: DistributionJson.Read(pair.DistributionJson)))
                .Where(pair => pair.Distribution is not null)
                .ToLookup(pair => pair.Name, pair => pair.Distribution!, StringComparer.Ordinal));
        _values = new(values, StringComparer.Ordinal);
        foreach (var (name, value) in values)
        {
            // A number may be the value of an option that is a number. Trials have that option, and the value by the name of the option.
            if (value.ValueKind == JsonValueKind.Number && NumberOption(name, value.GetDouble()) is { } option)
            {
                _values[name] = JsonSerializer.SerializeToElement(option);
                _values[$"{name}.{option}"] = value;
            }
        }
    }

    public bool IsEmpty => _values.Count == 0 && Returned.Count == 0;

    /// <summary>The parameters that have a value.</summary>
    public IEnumerable<string> Names => _values.Keys;

    /// <summary>The values that the study had before.</summary>
    public IReadOnlyDictionary<string, JsonElement> Earlier { get; private init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>The last values of parameters that are searched again.</summary>
    public IReadOnlyDictionary<string, JsonElement> Returned { get; private init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>The values as the study keeps them.</summary>
    public string Json => Write(_values.Concat(Returned));

    /// <summary>The values that matter to a study: of parameters that it has searched and does not search any more.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="study">The study; null when it is new.</param>
    /// <param name="parameters">The present parameters.</param>
    /// <param name="given">The values of parameters that are not searched; null for those that the study has kept.</param>
    /// <param name="searched">The parameters of the study from which a new one begins; empty for none.</param>
    public static FixedValues Of(
        StudyStorage storage, StudyRecord? study, IReadOnlyList<Parameter> parameters, IReadOnlyDictionary<string, JsonElement>? given,
        IReadOnlyCollection<string> searched)
    {
        var names = parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        var before = Read(study?.Attributes.GetValueOrDefault(Key));
        var kept = before;
        if (given is not null)
        {
            var spaceBefore = StoredSpace.Read(study?.Attributes.GetValueOrDefault(SpaceCompatibility.SpaceKey)) is { } space
                ? new SpaceNames(space)
                : null;
            string[] known = [.. before.Keys, .. searched];
            kept = given.Where(value => Covers(known, value.Key) || spaceBefore?.Contains(value.Key) == true)
                .ToDictionary(StringComparer.Ordinal);
        }

        return new FixedValues(
            kept.Where(value => !names.Contains(value.Key)).ToDictionary(StringComparer.Ordinal),
            () => study is null ? [] : storage.ReadDistributions(study.Id))
        {
            Earlier = before,
            Returned = before.Where(value => names.Contains(value.Key)).ToDictionary(StringComparer.Ordinal),
        };
    }

    /// <summary>The values in an attribute; none when there is no such attribute, or it is another program's.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Read(string? attribute) =>
        attribute is not null && StoredAttributes.Read([new(Key, attribute)])[Key] is { ValueKind: JsonValueKind.Object } fields
            ? fields.EnumerateObject().ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal)
            : ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>The attribute of a trial: the values that it has without searching them; null when there are none.</summary>
    /// <param name="point">The point of the trial.</param>
    /// <param name="parameters">The parameters that are searched.</param>
    public string? NoteOf(IReadOnlyDictionary<string, double> point, IReadOnlyList<Parameter> parameters)
    {
        if (_values.Count == 0)
        {
            return null;
        }

        // What belongs to a branch that the point does not have has no value.
        var chosen = parameters.Where(parameter => parameter.Distribution is ChoiceDistribution && point.ContainsKey(parameter.Name))
            .ToDictionary(parameter => parameter.Name, parameter => BranchOf(parameter, point[parameter.Name]), StringComparer.Ordinal);
        var noted = _values.Where(value => parameters.All(parameter => !Covers([parameter.Name], value.Key)
            || (chosen.GetValueOrDefault(parameter.Name) is { } branch && Covers([branch], value.Key)))).ToArray();
        return noted.Length == 0 ? null : Write(noted);
    }

    public bool Contains(string name) => _values.ContainsKey(name);

    /// <summary>
    /// Whether the values say of a parameter whether a trial has it: it has a value, or it belongs to a branch of a choice that has one.
    /// </summary>
    public bool Covers(string name) => Covers(_values.Keys, name);

    /// <summary>Whether a parameter is searched again, or belongs to a branch of a choice that is.</summary>
    public bool HasReturned(string name) => Covers(Returned.Keys, name);

    /// <summary>Whether a parameter has a value of its own: that of an option which is a number is the value of its choice.</summary>
    public bool HasItself(string name) => _values.ContainsKey(name) && WrittenName(_values, name) == name;

    /// <summary>As <see cref="HasItself"/>, for a parameter that is searched again.</summary>
    public bool ReturnsItself(string name) => Returned.ContainsKey(name) && WrittenName(Returned, name) == name;

    /// <summary>The value in JSON, as the user has written it.</summary>
    public string TextOf(string name) => ChoiceLabel.Text(Written(_values, name));

    /// <summary>The last value in JSON of a parameter that is searched again.</summary>
    public string ReturnedTextOf(string name) => ChoiceLabel.Text(Written(Returned, name));

    /// <summary>What is different from the values that the study had before, a clause for each parameter that has a value still.</summary>
    public IEnumerable<string> Moved() => Earlier.Keys.Where(Contains)
        .Select(name => ProblemOf(name, Written(Earlier, name))).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>What is wrong with a stored value of a parameter that is not searched; null when it is the fixed one.</summary>
    public string? ProblemOf(string name, double value)
    {
        if (!_values.TryGetValue(name, out var json))
        {
            return $"'{name}' is no parameter";
        }

        var distribution = _stored.Value[name].LastOrDefault();
        var isSame = distribution?.Kind == StoredKind.Categorical
            ? Option(distribution, value) is { } option && ChoiceLabel.Key(option) == ChoiceLabel.Key(ChoiceLabel.Text(json))
            : json.ValueKind == JsonValueKind.Number && IsSame(value, json.GetDouble());
        var shown = distribution is null ? null : Option(distribution, value);
        return isSame
            ? null
            : $"'{WrittenName(name)}' is {shown ?? value.ToString("G7", CultureInfo.InvariantCulture)}, "
                + $"and it is now fixed at {TextOf(WrittenName(name))}";
    }

    /// <summary>What is wrong with the value at which a parameter was fixed; null when it is still fixed at this value.</summary>
    public string? ProblemOf(string name, JsonElement noted)
    {
        if (!_values.TryGetValue(name, out var json))
        {
            return $"'{name}' is no parameter";
        }

        json = noted.ValueKind == JsonValueKind.Number ? Written(_values, name) : json;
        var isSame = json.ValueKind == JsonValueKind.Number && noted.ValueKind == JsonValueKind.Number
            ? IsSame(noted.GetDouble(), json.GetDouble())
            : ChoiceLabel.Key(ChoiceLabel.Text(json)) == ChoiceLabel.Key(ChoiceLabel.Text(noted));
        return isSame ? null : $"'{WrittenName(name)}' was fixed at {ChoiceLabel.Text(noted)}, and is now fixed at {TextOf(name)}";
    }

    /// <summary>Whether some trial may have had a value, by the distributions that are stored.</summary>
    public bool WasPossible(string name, double value) => _stored.Value[name].Any(distribution =>
        distribution.Kind == StoredKind.Categorical
            ? Option(distribution, value) is not null
            : value >= distribution.Low && value <= distribution.High);

    /// <summary>A value as the user has written it: of an option that is a number, the number.</summary>
    private static JsonElement Written(IReadOnlyDictionary<string, JsonElement> values, string name) =>
        values[name] is { ValueKind: JsonValueKind.String } option && values.TryGetValue($"{name}.{option.GetString()}", out var number)
            ? number
            : values[name];

    /// <summary>The name under which the user has written a value: of an option that is a number, the choice.</summary>
    private string WrittenName(string name) => WrittenName(_values, name);

    private static string WrittenName(IReadOnlyDictionary<string, JsonElement> values, string name) => values.FirstOrDefault(value =>
        value.Value.ValueKind == JsonValueKind.String && $"{value.Key}.{value.Value.GetString()}" == name).Key ?? name;

    /// <summary>
    /// The option of a choice whose value a number is: the first one that has it, else the first one. Null when the number is an option
    /// itself, or the choice has no such option.
    /// </summary>
    private string? NumberOption(string choice, double number)
    {
        if (_stored.Value[choice].LastOrDefault() is not { Kind: StoredKind.Categorical } distribution
            || distribution.Choices.Any(option => ChoiceLabel.Key(option) == ChoiceLabel.Key(OptionJson.Text(number))))
        {
            return null;
        }

        var options = distribution.Choices.Where(option => option.StartsWith('"'))
            .Select(option => JsonSerializer.Deserialize<string>(option)!)
            .Where(option => _stored.Value[$"{choice}.{option}"].Any())
            .ToList();
        return options.Find(option => WasPossible($"{choice}.{option}", number)) ?? options.FirstOrDefault();
    }

    private static string? BranchOf(Parameter parameter, double option) =>
        ((ChoiceDistribution)parameter.Distribution).Branches[(int)option] is { } branch ? $"{parameter.Name}.{branch.Value}" : null;

    private static string Write(IEnumerable<KeyValuePair<string, JsonElement>> values) => ReadableJson.Write(json =>
    {
        json.WriteStartObject();
        foreach (var (name, value) in values)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
    });

    private static bool Covers(IEnumerable<string> names, string name) => names.Any(other =>
        name.StartsWith(other, StringComparison.Ordinal) && (name.Length == other.Length || name[other.Length] == '.'));

    private static bool IsSame(double value, double wanted) => Math.Abs(value - wanted) <= ValueTolerance.Relative * Math.Abs(wanted);

    private static string? Option(StoredDistribution distribution, double index) =>
        index >= 0 && index < distribution.Choices.Count ? distribution.Choices[(int)index] : null;
}
