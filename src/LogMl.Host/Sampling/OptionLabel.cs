using System.Text.Json;

namespace LogMl.Host.Sampling;

/// <summary>An option of a choice as the study is stored with it; the trials get its index.</summary>
internal static class OptionLabel
{
    public static object? Of(JsonElement option) => option.ValueKind switch
    {
        JsonValueKind.String => option.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        JsonValueKind.Number when option.TryGetInt64(out var integer) && !option.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') => integer,
        JsonValueKind.Number => option.GetDouble(),
        _ => option.GetRawText(),
    };
}
