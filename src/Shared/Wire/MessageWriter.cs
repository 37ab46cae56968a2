using System.Globalization;
using System.Text.Json;

namespace LogMl.Shared.Wire;

/// <summary>Writes the fields of a message into a JSON object.</summary>
internal sealed class MessageWriter(Utf8JsonWriter json) : MessageFields
{
    public override int Int(string name, int? value)
    {
        json.WriteNumber(name, value!.Value);
        return value.Value;
    }

    public override int? IntOrNull(string name, int? value) => value is null ? null : Int(name, value);

    public override long Long(string name, long? value)
    {
        json.WriteNumber(name, value!.Value);
        return value.Value;
    }

    /// <remarks>JSON has no numbers that are not finite. They are written as text.</remarks>
    public override double Real(string name, double? value)
    {
        var number = value!.Value;
        if (double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
        }

        return number;
    }

    public override bool Flag(string name, bool? value, bool? absent)
    {
        if (value != absent)
        {
            json.WriteBoolean(name, value!.Value);
        }

        return value!.Value;
    }

    public override string Text(string name, string? value)
    {
        json.WriteString(name, value!);
        return value!;
    }

    public override string? TextOrNull(string name, string? value)
    {
        json.WriteString(name, value);
        return value;
    }

    public override string? OptionalText(string name, string? value) => value is null ? null : Text(name, value);

    public override IReadOnlyList<string> Texts(string name, IReadOnlyList<string>? values)
    {
        json.WriteStartArray(name);
        foreach (var text in values!)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
        return values;
    }

    public override JsonElement Json(string name, JsonElement? value)
    {
        json.WritePropertyName(name);
        value!.Value.WriteTo(json);
        return value.Value;
    }

    public override IReadOnlyDictionary<string, double> Numbers(string name, IReadOnlyDictionary<string, double>? values)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in values!)
        {
            Real(key, value);
        }

        json.WriteEndObject();
        return values;
    }

    public override IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Parts(
        string name, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>? parts)
    {
        json.WriteStartObject(name);
        foreach (var (part, values) in parts!)
        {
            Numbers(part, values);
        }

        json.WriteEndObject();
        return parts;
    }
}
