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

    /// <summary>
    /// A number, also <c>.inf</c> and <c>.nan</c>; null when the text is none. Digits of a number that is too large for a double are none.
    /// </summary>
    public static double? Real(string text)
    {
        if (NotFinite.IsMatch(text))
        {
            return text[text.Length - 1] is 'n' or 'N' ? double.NaN
                : text[0] == '-' ? double.NegativeInfinity
                : double.PositiveInfinity;
        }

        return HasDigits(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && !double.IsInfinity(value)
                ? value
                : null;
    }

    /// <summary>Whether a text is a number that is too large for a double.</summary>
    public static bool IsTooLarge(string text) => HasDigits(text) && Real(text) is null;

    /// <summary>Whether a text is something else to some reader of YAML, so that it needs quotes.</summary>
    public static bool IsOtherThanText(string text) => text.Length == 0 || Ambiguous.IsMatch(text) || NotFinite.IsMatch(text);

    /// <summary>Whether a text is a number in digits. 010 is none: it is eight in YAML 1.1.</summary>
    private static bool HasDigits(string text) =>
        Number.IsMatch(text) && (Integer.IsMatch(text) || text.IndexOfAny(['.', 'e', 'E']) >= 0);
}
