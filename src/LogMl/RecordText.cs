using System.Globalization;
using System.Text.Json;
using LogMl.Shared;

namespace LogMl;

/// <summary>Values by name as the text of a record has them, in one line: <c>{ rate = 0.1, kind = relu }</c>.</summary>
internal static class RecordText
{
    /// <summary>Numbers, in the invariant culture.</summary>
    public static string Of(IReadOnlyDictionary<string, double> values) =>
        Of(values, value => value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>JSON values. A text has no quotes.</summary>
    public static string Of(IReadOnlyDictionary<string, JsonElement> values) => Of(
        values,
        value => OneLine.Of(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()));

    private static string Of<T>(IReadOnlyDictionary<string, T> values, Func<T, string> text) =>
        values.Count == 0 ? "{ }" : $"{{ {string.Join(", ", values.Select(value => $"{value.Key} = {text(value.Value)}"))} }}";
}
