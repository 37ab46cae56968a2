using System.Globalization;
using System.Text.Json;

namespace LogMl.Shared.Sampling;

/// <summary>Finds the option of a choice that a JSON value names.</summary>
internal static class OptionLabel
{
    /// <summary>The index of the equal option, or else of one that is the same number; -1 when there is none.</summary>
    public static int IndexOf(IReadOnlyList<object?> labels, JsonElement value)
    {
        var label = OptionJson.Read(value);
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
