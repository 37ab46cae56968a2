using System.Globalization;
using System.Text.Json;

namespace LogMl.Shared.Wire;

/// <summary>Reads the fields of a message from a JSON object. Unknown fields are ignored.</summary>
/// <remarks>A field that is missing or has another type is a <see cref="JsonException"/>.</remarks>
internal sealed class MessageReader(JsonElement json) : MessageFields
{
    public override int Int(string name, int? value) =>
        Long(name, value) is var number && number == (int)number ? (int)number : throw Wrong(name, "a whole number of 32 bits");

    public override int? IntOrNull(string name, int? value) => json.TryGetProperty(name, out _) ? Int(name, value) : null;

    public override long Long(string name, long? value) =>
        Field(name) is { ValueKind: JsonValueKind.Number } field && field.TryGetInt64(out var number)
            ? number
            : throw Wrong(name, "a whole number");

    public override double Real(string name, double? value) => Number(name, Field(name));

    public override bool Flag(string name, bool? value, bool? absent) => absent is { } left && !json.TryGetProperty(name, out _)
        ? left
        : Field(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } field
            ? field.GetBoolean()
            : throw Wrong(name, "true or false");

    public override string Text(string name, string? value) => TextOrNull(name, value) ?? throw Wrong(name, "a text");

    public override string? TextOrNull(string name, string? value) =>
        Field(name) is { ValueKind: JsonValueKind.String or JsonValueKind.Null } field ? field.GetString() : throw Wrong(name, "a text");

    public override string? OptionalText(string name, string? value) => json.TryGetProperty(name, out _) ? Text(name, value) : null;

    public override IReadOnlyList<string> Texts(string name, IReadOnlyList<string>? values) =>
        Field(name) is { ValueKind: JsonValueKind.Array } field
            && field.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. field.EnumerateArray().Select(item => item.GetString()!)]
            : throw Wrong(name, "a list of texts");

    /// <remarks>Returns a copy, which stays valid after the message is disposed.</remarks>
    public override JsonElement Json(string name, JsonElement? value) => Field(name).Clone();

    public override IReadOnlyDictionary<string, double> Numbers(string name, IReadOnlyDictionary<string, double>? values) =>
        NumbersOf(name, Field(name));

    public override IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Parts(
        string name, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>? parts)
    {
        var read = new Dictionary<string, IReadOnlyDictionary<string, double>>(StringComparer.Ordinal);
        foreach (var part in PropertiesOf(name, Field(name)))
        {
            read[part.Name] = NumbersOf(part.Name, part.Value);
        }

        return read;
    }

    /// <summary>The numbers in their order. When two have the same name, the last one counts.</summary>
    private static OrderedDictionary<string, double> NumbersOf(string name, JsonElement field)
    {
        var numbers = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var number in PropertiesOf(name, field))
        {
            numbers[number.Name] = Number(number.Name, number.Value);
        }

        return numbers;
    }

    private static JsonElement.ObjectEnumerator PropertiesOf(string name, JsonElement field) =>
        field.ValueKind == JsonValueKind.Object ? field.EnumerateObject() : throw Wrong(name, "an object", field);

    private static double Number(string name, JsonElement field) => field.ValueKind switch
    {
        JsonValueKind.Number => field.GetDouble(),
        JsonValueKind.String when double.TryParse(field.GetString(), CultureInfo.InvariantCulture, out var read) => read,
        _ => throw Wrong(name, "a number", field),
    };

    private JsonElement Field(string name) =>
        json.TryGetProperty(name, out var field) ? field : throw new JsonException($"The field '{name}' is missing.");

    private JsonException Wrong(string name, string expected) => Wrong(name, expected, json.GetProperty(name));

    private static JsonException Wrong(string name, string expected, JsonElement field) =>
        new($"The field '{name}' must be {expected}, not {JsonWords.Describe(field)}.");
}
