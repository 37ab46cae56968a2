using System.Globalization;
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

    /// <summary>The index of the option that a value is: the very same one, or else one that is the same number; -1 when there is none.</summary>
    public static int IndexOf(IReadOnlyList<object?> labels, JsonElement value)
    {
        var label = Of(value);
        for (var i = 0; i < labels.Count; i++)
        {
            if (Equals(labels[i], label))
            {
                return i;
            }
        }

        for (var i = 0; value.ValueKind == JsonValueKind.Number && i < labels.Count; i++)
        {
            if (labels[i] is long or double && Convert.ToDouble(labels[i], CultureInfo.InvariantCulture) == value.GetDouble())
            {
                return i;
            }
        }

        return -1;
    }
}
