using System.Text.Json;
using LogMl.Optimization;
using LogMl.Shared;

namespace LogMl.Storage.Encoding;

/// <summary>Reads and writes distributions in Optuna's JSON.</summary>
internal static class DistributionJson
{
    /// <param name="distribution">A distribution of the engine.</param>
    /// <param name="isInteger">As for <see cref="StoredDistribution.Of(Distribution, bool)"/>.</param>
    public static string Write(Distribution distribution, bool isInteger = false) => Write(StoredDistribution.Of(distribution, isInteger));

    public static string Write(StoredDistribution distribution) => ReadableJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("name", distribution.Kind switch
        {
            StoredKind.Categorical => "CategoricalDistribution",
            StoredKind.Int => "IntDistribution",
            _ => "FloatDistribution",
        });
        json.WriteStartObject("attributes");
        switch (distribution.Kind)
        {
            case StoredKind.Categorical:
                json.WriteStartArray("choices");
                foreach (var choice in distribution.Choices)
                {
                    json.WriteRawValue(choice);
                }

                json.WriteEndArray();
                break;
            case StoredKind.Int:
                json.WriteBoolean("log", distribution.IsLog);
                json.WriteNumber("step", (long)(distribution.Step ?? 1));
                json.WriteNumber("low", (long)distribution.Low);
                json.WriteNumber("high", (long)distribution.High);
                break;
            default:
                WriteFloat(json, distribution);
                break;
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>Reads Optuna's JSON, also of its old versions and in its short form.</summary>
    /// <returns>Null when the text is something else.</returns>
    public static StoredDistribution? Read(string text)
    {
        try
        {
            using var document = PythonJson.Parse(text);
            var root = document.RootElement;
            var isShort = !root.TryGetProperty("name", out var name);
            var type = (isShort ? root.GetProperty("type") : name).GetString()!;
            return Read(type, isShort ? root : root.GetProperty("attributes"));
        }
        catch (Exception exception) when (
            exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    private static StoredDistribution? Read(string type, JsonElement attributes)
    {
        if (type is "CategoricalDistribution" or "categorical")
        {
            var choices = attributes.GetProperty("choices").EnumerateArray();
            return new StoredDistribution(StoredKind.Categorical) { Choices = [.. choices.Select(choice => ChoiceLabel.Text(choice))] };
        }

        var isInteger = type is "IntDistribution" or "int" or "IntUniformDistribution" or "IntLogUniformDistribution";
        if (!isInteger && type is not ("FloatDistribution" or "float" or "UniformDistribution" or "LogUniformDistribution"
            or "DiscreteUniformDistribution"))
        {
            return null;
        }

        var step = attributes.TryGetProperty("step", out var found) || attributes.TryGetProperty("q", out found) ? found : default;
        return new StoredDistribution(isInteger ? StoredKind.Int : StoredKind.Float)
        {
            Low = attributes.GetProperty("low").GetDouble(),
            High = attributes.GetProperty("high").GetDouble(),
            Step = step.ValueKind == JsonValueKind.Number ? step.GetDouble() : isInteger ? 1 : null,
            IsLog = type.Contains("Log", StringComparison.Ordinal)
                || (attributes.TryGetProperty("log", out var log) && log.ValueKind == JsonValueKind.True),
        };
    }

    private static void WriteFloat(Utf8JsonWriter json, StoredDistribution distribution)
    {
        json.WritePropertyName("step");
        if (distribution.Step is { } step)
        {
            OptionJson.WriteReal(json, step);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WritePropertyName("low");
        OptionJson.WriteReal(json, distribution.Low);
        json.WritePropertyName("high");
        OptionJson.WriteReal(json, distribution.High);
        json.WriteBoolean("log", distribution.IsLog);
    }
}
