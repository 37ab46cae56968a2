using System.Globalization;
using System.Text.RegularExpressions;

namespace LogMl.Shared.Parameters;

/// <summary>
/// What a scalar without quotes can be. A form that readers of YAML 1.1 and of YAML 1.2 read differently, such as <c>yes</c> or
/// <c>010</c>, is none of them: it needs quotes, or another form.
/// </summary>
internal static class ScalarForms
{
    private const RegexOptions Options = RegexOptions.CultureInvariant;

    private static readonly Regex Integer = new(@"^[-+]?(0|[1-9][0-9]*)\z", Options);
    private static readonly Regex Number = new(@"^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?\z", Options);
    private static readonly Regex NotFinite = new(@"^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z", Options);
    private static readonly Regex Ambiguous = new(
        @"^(y|n|yes|no|on|off|true|false|null|~|[-+.]?[0-9].*|[-+]\.[0-9].*)\z", Options | RegexOptions.IgnoreCase);

    public static bool IsNull(string text) => text is "" or "~" or "null" or "Null" or "NULL";

    public static bool? Bool(string text) => text switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    public static bool IsInteger(string text) => Integer.IsMatch(text);

    /// <summary>A number, also one that is not finite; null when the text is none.</summary>
    public static double? Real(string text)
    {
        if (NotFinite.IsMatch(text))
        {
            return text[text.Length - 1] is 'n' or 'N' ? double.NaN
                : text[0] == '-' ? double.NegativeInfinity
                : double.PositiveInfinity;
        }

        // 010 is eight in YAML 1.1.
        return Number.IsMatch(text) && (Integer.IsMatch(text) || text.IndexOfAny(['.', 'e', 'E']) >= 0)
            ? double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>Whether a text is something else to some reader of YAML, so that it needs quotes.</summary>
    public static bool IsOtherThanText(string text) => text.Length == 0 || Ambiguous.IsMatch(text) || NotFinite.IsMatch(text);
}
