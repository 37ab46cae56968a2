using System.Text.Json;
using LogMl.Shared;

namespace LogMl.Host.Sampling;

/// <summary>The options of a sampler, a pruner or a stopping criterion that somebody has set, all checked; the others keep their defaults.</summary>
internal sealed class OptionValues
{
    public static readonly OptionValues None = new([]);

    private readonly Dictionary<string, JsonElement> _values;

    private OptionValues(Dictionary<string, JsonElement> values) => _values = values;

    /// <param name="json">An object: options by name.</param>
    /// <param name="owner">Whose options they are, for messages: <c>tpe</c>.</param>
    /// <param name="rules">The options that there are.</param>
    /// <exception cref="FormatException">An option is unknown, or has a wrong value.</exception>
    public static OptionValues Read(JsonElement json, string owner, IReadOnlyList<OptionRule> rules)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"The options of {owner} must be an object such as {{\"name\": value}}, not {JsonText.Describe(json)}.");
        }

        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var option in json.EnumerateObject())
        {
            Check(option, owner, rules);
            values[option.Name] = option.Value.Clone();
        }

        return new OptionValues(values);
    }

    public int Integer(string name, int otherwise) => _values.TryGetValue(name, out var value) ? (int)value.GetDouble() : otherwise;

    public int? Integer(string name) => _values.TryGetValue(name, out var value) ? (int)value.GetDouble() : null;

    public double Number(string name, double otherwise) => Number(name) ?? otherwise;

    public double? Number(string name) => _values.TryGetValue(name, out var value) ? value.GetDouble() : null;

    public bool Switch(string name, bool otherwise) => _values.TryGetValue(name, out var value) ? value.GetBoolean() : otherwise;

    public string? Word(string name) => _values.TryGetValue(name, out var value) ? value.GetString() : null;

    private static void Check(JsonProperty option, string owner, IReadOnlyList<OptionRule> rules)
    {
        if (rules.FirstOrDefault(known => known.Name == option.Name) is not { } rule)
        {
            throw new FormatException($"'{option.Name}' is not an option of {owner}{Others(option.Name, rules)}");
        }

        var isRight = (rule.Kind, option.Value.ValueKind) switch
        {
            (OptionKind.Integer or OptionKind.Number, JsonValueKind.Number) => rule.Allows(option.Value.GetDouble()),
            (OptionKind.Switch, JsonValueKind.True or JsonValueKind.False) => true,
            (OptionKind.Word, JsonValueKind.String) => rule.Words.Contains(option.Value.GetString()),
            _ => false,
        };
        if (!isRight)
        {
            throw new FormatException($"The option '{option.Name}' of {owner} must be {rule.Expected}, not {JsonText.Describe(option.Value)}.");
        }
    }

    private static string Others(string name, IReadOnlyList<OptionRule> rules)
    {
        var names = rules.Select(rule => rule.Name).ToArray();
        return NearestName.Find(name, names) is { } nearest
            ? $"; did you mean '{nearest}'?"
            : names.Length == 0 ? ", which has none." : ". Its options are " + string.Join(", ", names) + ".";
    }
}
