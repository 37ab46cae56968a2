using System.Text.Json;

namespace LogMl.Shared;

/// <summary>Shows JSON in messages. Compiled into engine and host.</summary>
internal static class JsonText
{
    private const int Longest = 40;

    /// <summary>A scalar as it was written, cut when it is long; of an object or array only what it is.</summary>
    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ when value.GetRawText() is { Length: > Longest } text => text[..Longest] + "...",
        _ => value.GetRawText(),
    };
}
