using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LogMl.Shared;

/// <summary>The values of user attributes. Compiled into engine, storage and runtime.</summary>
internal static class AttributeJson
{
    /// <summary>Less than the 64 levels that a JSON reader allows by default, because the value is inside of a message.</summary>
    private const int MaxDepth = 60;

    /// <summary>
    /// The JSON of a value. A number that is not finite becomes the text NaN, Infinity or -Infinity, because JSON has no such number.
    /// </summary>
    /// <param name="name">The name of the attribute, for the message.</param>
    /// <param name="value">The value; null is JSON's null.</param>
    /// <exception cref="ArgumentException">JSON cannot hold the value.</exception>
    public static JsonElement Of(string name, JsonNode? value)
    {
        try
        {
            return JsonElement.Parse(ReadableJson.Write(json =>
            {
                if (value is null)
                {
                    json.WriteNullValue();
                }
                else if (NotFinite(value) is { } word)
                {
                    json.WriteStringValue(word);
                }
                else
                {
                    value.WriteTo(json);
                }
            }), new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (ArgumentException)
        {
            throw new ArgumentException(
                $"Attribute '{name}' has a number in it that is not finite, which JSON does not have.", nameof(value));
        }
        catch (JsonException)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Attribute '{name}' is nested more than {MaxDepth} levels deep."),
                nameof(value));
        }
    }

    private static string? NotFinite(JsonNode value)
    {
        var number = value is not JsonValue scalar ? 0
            : scalar.TryGetValue(out double real) ? real
            : scalar.TryGetValue(out float single) ? single
            : 0;
        return double.IsNaN(number) ? "NaN"
            : double.IsPositiveInfinity(number) ? "Infinity"
            : double.IsNegativeInfinity(number) ? "-Infinity"
            : null;
    }
}
