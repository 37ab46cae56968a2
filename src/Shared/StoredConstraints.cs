using System.Text.Json;

namespace LogMl.Shared;

/// <summary>The constraints of a study, as it has noted them: the bounds by metric.</summary>
internal static class StoredConstraints
{
    /// <summary>The attribute of the study.</summary>
    public const string Key = "logml:constraints";

    /// <summary>The metrics that the constraints bound; none when they are not noted, or are being changed.</summary>
    /// <param name="attributes">The attributes of the study: JSON by key.</param>
    public static IReadOnlyList<string> MetricsOf(IReadOnlyDictionary<string, string> attributes)
    {
        try
        {
            using var document = JsonDocument.Parse(attributes.GetValueOrDefault(Key) ?? "{}");
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? [.. document.RootElement.EnumerateObject().Select(bound => bound.Name)]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
