using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LogMl.Shared;

/// <summary>
/// Writes scalars so that readers of YAML 1.1 (PyYAML) and of YAML 1.2 read the same value and type. Compiled into host and report.
/// </summary>
internal static partial class YamlText
{
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when NotFinite(value) is { } number => number,
        JsonValueKind.Object =>
            "{" + string.Join(", ", value.EnumerateObject().Select(entry => Of(entry.Name) + ": " + Of(entry.Value))) + "}",
        JsonValueKind.Array => "[" + string.Join(", ", value.EnumerateArray().Select(Of)) + "]",
        JsonValueKind.String => Of(value.GetString()!),
        JsonValueKind.Number when value.TryGetInt64(out var integer)
            && !value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') => Of(integer),
        JsonValueKind.Number => Of(value.GetDouble()),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };

    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(double value) => YamlReal.Of(value);

    public static string Of(string text) =>
        PlainWord().IsMatch(text) && !ReservedWord().IsMatch(text) ? text : YamlQuotes.Of(text);

    /// <summary>
    /// The number that is not finite in an object such as <c>{"number": ".inf"}</c>, which the manifest has because JSON has no infinity;
    /// else null.
    /// </summary>
    private static string? NotFinite(JsonElement value) =>
        value.GetPropertyCount() == 1
        && value.TryGetProperty("number", out var number)
        && number.ValueKind == JsonValueKind.String
        && number.GetString() is ".inf" or "-.inf" or ".nan"
            ? number.GetString()
            : null;

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainWord();

    /// <summary>Words that some version of YAML reads as a boolean or as null.</summary>
    [GeneratedRegex(@"^(y|n|yes|no|on|off|true|false|null)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ReservedWord();
}
