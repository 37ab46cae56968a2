using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace LogMl.Shared.Sampling;

/// <summary>The options that are set for a sampler, a pruner or a stopping criterion. All others keep their defaults.</summary>
internal sealed class OptionValues
{
    public static readonly OptionValues None = new(new Dictionary<string, double>());

    private readonly IReadOnlyDictionary<string, double> _numbers;

    /// <param name="numbers">The values by the snake_case names of the options. An integer is a whole number.</param>
    internal OptionValues(IReadOnlyDictionary<string, double> numbers) => _numbers = numbers;

    /// <summary>Reads and checks options.</summary>
    /// <param name="json">An object: options by name.</param>
    /// <param name="owner">The owner of the options, for messages: <c>tpe</c>.</param>
    /// <param name="rules">The options that exist.</param>
    /// <exception cref="FormatException">An option is unknown, or has a wrong value.</exception>
    public static OptionValues Read(JsonElement json, string owner, IReadOnlyList<OptionRule> rules)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException(
                $"The options of {owner} must be an object such as {{\"name\": value}}, not {JsonWords.Describe(json)}.");
        }

        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var option in json.EnumerateObject())
        {
            Check(option, owner, rules);
            if (option.Value.ValueKind == JsonValueKind.Number)
            {
                numbers[option.Name] = option.Value.GetDouble();
            }
        }

        return new OptionValues(numbers);
    }

    /// <summary>An option that is an argument and not a property of a record; null when it is not set.</summary>
    public double? Number(string name) => _numbers.TryGetValue(name, out var value) ? value : null;

    /// <summary>The options record: its defaults, with the options that are set in their place.</summary>
    /// <param name="type">
    /// Returns the metadata of the record, with snake_case names. Creating it takes a quarter of the host's start, so it is not called when
    /// nothing is set.
    /// </param>
    public T Bind<T>(Func<JsonTypeInfo<T>> type)
        where T : new() => _numbers.Count == 0 ? new T() : Overlay(type());

    /// <summary>Does what <see cref="Bind"/> does, but always through JSON.</summary>
    internal T Overlay<T>(JsonTypeInfo<T> type)
        where T : new()
    {
        // Generated code gives an absent init-only property the default of its type, not that of the record. So no property is absent.
        var properties = JsonSerializer.SerializeToNode(new T(), type)!.AsObject();
        foreach (var (name, value) in _numbers)
        {
            if (properties.ContainsKey(name))
            {
                properties[name] = value == Math.Floor(value) && Math.Abs(value) <= int.MaxValue
                    ? JsonValue.Create((int)value)
                    : JsonValue.Create(value);
            }
        }

        return properties.Deserialize(type)!;
    }

    private static void Check(JsonProperty option, string owner, IReadOnlyList<OptionRule> rules)
    {
        if (rules.FirstOrDefault(known => known.Name == option.Name) is not { } rule)
        {
            throw new FormatException($"'{option.Name}' is not an option of {owner}{Others(option.Name, rules)}");
        }

        var isRight = (rule.Kind, option.Value.ValueKind) switch
        {
            (OptionKind.Integer or OptionKind.Number, JsonValueKind.Number) => rule.Allows(option.Value.GetDouble()),
            (OptionKind.Word, JsonValueKind.String) => rule.Words.Contains(option.Value.GetString()),
            _ => false,
        };
        if (!isRight)
        {
            throw new FormatException(
                $"The option '{option.Name}' of {owner} must be {rule.Expected}, not {JsonWords.Describe(option.Value)}.");
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
