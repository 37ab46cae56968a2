using System.Globalization;
using System.Text.Json;
using LogMl.Shared;

namespace LogMl.Storage.Encoding;

/// <summary>The options of a choice as a storage has them, in JSON, whoever has written them.</summary>
internal static class ChoiceLabel
{
    /// <summary>An option that another program has written, in the text of this one: Python has 1e-05 for 1E-05.</summary>
    public static string Text(JsonElement stored) => stored.ValueKind switch
    {
        JsonValueKind.String => OptionJson.Text(stored.GetString()),
        JsonValueKind.Number when stored.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') => OptionJson.Text(stored.GetDouble()),
        _ => stored.GetRawText(),
    };

    /// <summary>What two options have in common that are the same number, whatever digits each has: 1.0 and 1.</summary>
    /// <param name="text">The option in JSON.</param>
    public static string Key(string text) =>
        char.IsAsciiDigit(text[^1]) && double.Parse(text, CultureInfo.InvariantCulture) is var number && Math.Abs(number) <= DistributionLimits.LargestExactInteger ? number.ToString("R", CultureInfo.InvariantCulture) : text;
}
