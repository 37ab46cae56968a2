using System.Text.Json;

namespace LogMl.Storage.Encoding;

/// <summary>What is different between two spaces of which one can go on with the trials of the other: ranges and probabilities.</summary>
internal static class SpaceChange
{
    /// <param name="before">The space in the JSON of <see cref="SpaceJson"/>; null when it is not known.</param>
    /// <param name="now">The space in the same form.</param>
    /// <returns>A clause for each parameter outside of branches that is in both and differs: <c>'x' was uniform(-5, 5), and is now uniform(-10, 10)</c>.</returns>
    public static IReadOnlyList<string> Between(string? before, string now)
    {
        var earlier = before is null || before == now ? [] : Parameters(before);
        return [.. earlier.Count == 0 ? [] : Parameters(now).Where(later => earlier.TryGetValue(later.Key, out var was) && was != later.Value).Select(later => $"'{later.Key}' was {earlier[later.Key]}, and is now {later.Value}")];
    }

    private static Dictionary<string, string> Parameters(string space)
    {
        try
        {
            using var json = JsonDocument.Parse(space);
            return json.RootElement.GetProperty("params").EnumerateArray().ToDictionary(parameter => parameter.GetProperty("name").GetString()!, Shown, StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            // Another program's attribute of this name.
            return [];
        }
    }

    private static string Shown(JsonElement parameter)
    {
        var name = parameter.GetProperty("dist").GetString()!;
        return parameter.TryGetProperty("args", out var arguments) ? $"{name}({Listed(arguments)})"
            : parameter.TryGetProperty("probs", out var probabilities) ? $"{name} with the probabilities {Listed(probabilities)}" : name;
    }

    private static string Listed(JsonElement numbers) => string.Join(", ", numbers.EnumerateArray().Select(number => number.GetRawText()));
}
