using System.Globalization;
using System.Text.Json;
using LogMl.Shared;

namespace LogMl.Storage.Encoding;

/// <summary>The options of a choice as JSON in a storage, whatever program has written them.</summary>
internal static class ChoiceLabel
{
    /// <summary>The text that this library writes for an option that another program has written: Python writes 1e-05 for 1E-05.</summary>
    public static string Text(JsonElement stored) => stored.ValueKind switch
    {
        JsonValueKind.String => OptionJson.Text(stored.GetString()),
        JsonValueKind.Number when stored.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') => OptionJson.Text(stored.GetDouble()),
        _ => stored.GetRawText(),
    };

    /// <summary>A key that is equal for two options that are the same number in different digits: 1.0 and 1.</summary>
    /// <param name="text">The option in JSON.</param>
    public static string Key(string text) =>
        char.IsAsciiDigit(text[^1]) && double.Parse(text, CultureInfo.InvariantCulture) is var number
            && Math.Abs(number) <= DistributionLimits.LargestExactInteger
            ? number.ToString("R", CultureInfo.InvariantCulture)
            : text;
}
