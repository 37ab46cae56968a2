using System.Text.Json;

namespace LogMl.Shared;

/// <summary>Describes JSON values in messages. Compiled into engine, host, tool and worker.</summary>
internal static class JsonWords
{
    private const int Longest = 40;

    /// <summary>A scalar as it was written, cut when it is long; "an object" or "an array" for the others.</summary>
    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => ShortText.Of(value.GetRawText(), Longest),
    };
}
