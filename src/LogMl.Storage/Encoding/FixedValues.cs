using System.Globalization;
using System.Text.Json;
using LogMl.Shared;

namespace LogMl.Storage.Encoding;

/// <summary>
/// The values of parameters that are not searched. An earlier space of the study may have searched them: a trial counts when it has these
/// values, because then it is a trial of the present space.
/// </summary>
/// <param name="values">The values by the names of the parameters.</param>
/// <param name="stored">Reads the distributions of the study's trials, which have the options of a choice.</param>
internal sealed class FixedValues(
    IReadOnlyDictionary<string, JsonElement> values, Func<IReadOnlyList<(string Name, string DistributionJson)>> stored)
{
    /// <summary>The attribute of a study with the values that count: of parameters that an earlier space of it searched.</summary>
    public const string Key = "logml:fixed";

    private readonly Lazy<ILookup<string, StoredDistribution>> _stored = new(() =>
        stored().Select(pair => (pair.Name, Distribution: DistributionJson.Read(pair.DistributionJson)))
            .Where(pair => pair.Distribution is not null).ToLookup(pair => pair.Name, pair => pair.Distribution!, StringComparer.Ordinal));

    public bool IsEmpty => values.Count == 0;

    /// <summary>The values as the study keeps them.</summary>
    public string Json => ReadableJson.Write(json =>
    {
        json.WriteStartObject();
        foreach (var (name, value) in values)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
    });

    /// <summary>The values that matter to a study: of parameters that it has searched and does not search any more.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="study">The study; null when it is new.</param>
    /// <param name="given">The values of parameters that are not searched; null for those that the study has kept.</param>
    public static FixedValues Of(StudyStorage storage, StudyRecord? study, IReadOnlyDictionary<string, JsonElement>? given)
    {
        IReadOnlyDictionary<string, JsonElement> kept = study?.Attributes.GetValueOrDefault(Key) is { } json
            ? StoredAttributes.Read([new(Key, json)])[Key] is { ValueKind: JsonValueKind.Object } fields
                ? fields.EnumerateObject().ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal)
                : new Dictionary<string, JsonElement>()
            : new Dictionary<string, JsonElement>();
        if (given is not null)
        {
            var before = StoredSpace.Read(study?.Attributes.GetValueOrDefault(SpaceCompatibility.SpaceKey)) is { } space
                ? new SpaceNames(space)
                : null;
            var earlier = kept.Keys.ToArray();
            kept = given.Where(value => Covers(earlier, value.Key) || before?.Contains(value.Key) == true)
                .ToDictionary(StringComparer.Ordinal);
        }

        return new FixedValues(kept, () => study is null ? [] : storage.ReadDistributions(study.Id));
    }

    public bool Contains(string name) => values.ContainsKey(name);

    /// <summary>
    /// Whether the values say of a parameter whether a trial has it: it has a value, or it belongs to a branch of a choice that has one.
    /// </summary>
    public bool Covers(string name) => Covers(values.Keys, name);

    /// <summary>The value in JSON.</summary>
    public string TextOf(string name) => ChoiceLabel.Text(values[name]);

    /// <summary>What is wrong with a stored value of a parameter that is not searched; null when it is the fixed one.</summary>
    public string? ProblemOf(string name, double value)
    {
        if (!values.TryGetValue(name, out var json))
        {
            return $"'{name}' is no parameter";
        }

        var distribution = _stored.Value[name].LastOrDefault();
        var isSame = distribution?.Kind == StoredKind.Categorical
            ? Option(distribution, value) is { } option && ChoiceLabel.Key(option) == ChoiceLabel.Key(TextOf(name))
            : json.ValueKind == JsonValueKind.Number && IsSame(value, json.GetDouble());
        var shown = distribution is null ? null : Option(distribution, value);
        return isSame
            ? null
            : $"'{name}' is {shown ?? value.ToString("G7", CultureInfo.InvariantCulture)}, and it is now fixed at {TextOf(name)}";
    }

    /// <summary>Whether some trial may have had a value, by the distributions that are stored.</summary>
    public bool WasPossible(string name, double value) => _stored.Value[name].Any(distribution =>
        distribution.Kind == StoredKind.Categorical
            ? Option(distribution, value) is not null
            : value >= distribution.Low && value <= distribution.High);

    private static bool Covers(IEnumerable<string> names, string name) => names.Any(other =>
        name.StartsWith(other, StringComparison.Ordinal) && (name.Length == other.Length || name[other.Length] == '.'));

    private static bool IsSame(double value, double wanted) => Math.Abs(value - wanted) <= ValueTolerance.Relative * Math.Abs(wanted);

    private static string? Option(StoredDistribution distribution, double index) =>
        index >= 0 && index < distribution.Choices.Count ? distribution.Choices[(int)index] : null;
}
