using System.Globalization;
using System.Text.Json;

namespace LogMl.Storage.Encoding;

/// <summary>A distribution as a storage has it: what decides whether a parameter may go on with another one, and how a person reads it.</summary>
/// <param name="Kind">float, int or categorical.</param>
/// <param name="IsLog">Whether it is one of logarithms.</param>
/// <param name="Choices">The options in JSON; empty for a number.</param>
/// <param name="Shown">How a person reads it.</param>
internal sealed record StoredDistribution(string Kind, bool IsLog, IReadOnlyList<string> Choices, string Shown)
{
    /// <summary>Reads Optuna's JSON, that of old versions and its short form too.</summary>
    /// <returns>Null when it is something else.</returns>
    public static StoredDistribution? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var isShort = !root.TryGetProperty("name", out var name);
            var type = (isShort ? root.GetProperty("type") : name).GetString()!;
            return Read(type, isShort ? root : root.GetProperty("attributes"));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Whether a parameter may have had this distribution in one trial and the other in the next: Optuna's rule.</summary>
    public bool IsCompatible(StoredDistribution other) => Kind == other.Kind && IsLog == other.IsLog && Choices.SequenceEqual(other.Choices, StringComparer.Ordinal);

    private static StoredDistribution? Read(string type, JsonElement attributes)
    {
        if (type is "CategoricalDistribution" or "categorical")
        {
            string[] choices = [.. attributes.GetProperty("choices").EnumerateArray().Select(choice => ChoiceLabel.Text(choice))];
            return new StoredDistribution("categorical", false, choices, $"one of {string.Join(", ", choices)}");
        }

        var isInteger = type is "IntDistribution" or "int" or "IntUniformDistribution" or "IntLogUniformDistribution";
        if (!isInteger && type is not ("FloatDistribution" or "float" or "UniformDistribution" or "LogUniformDistribution" or "DiscreteUniformDistribution"))
        {
            return null;
        }

        var isLog = type.Contains("Log", StringComparison.Ordinal) || (attributes.TryGetProperty("log", out var log) && log.ValueKind == JsonValueKind.True);
        var step = attributes.TryGetProperty("step", out var found) || attributes.TryGetProperty("q", out found) ? found : default;
        var range = string.Create(CultureInfo.InvariantCulture, $"from {attributes.GetProperty("low").GetDouble():G7} to {attributes.GetProperty("high").GetDouble():G7}");
        var grid = step.ValueKind == JsonValueKind.Number && !(isInteger && step.GetDouble() == 1) ? string.Create(CultureInfo.InvariantCulture, $" in steps of {step.GetDouble()}") : "";
        return new StoredDistribution(isInteger ? "int" : "float", isLog, [], $"{(isInteger ? "an integer" : "a number")} {range}{grid}{(isLog ? ", by its logarithm" : "")}");
    }
}
