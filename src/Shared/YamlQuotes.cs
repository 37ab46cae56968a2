using System.Globalization;
using System.Text;

namespace LogMl.Shared;

/// <summary>
/// Writes texts in quotes of YAML. Compiled into the configuration, which changes values of a file, and into the host, which writes files.
/// </summary>
internal static class YamlQuotes
{
    /// <summary>Whether a text has only characters that YAML shows as they are, in one line. Others need double quotes.</summary>
    public static bool CanBeSingle(string text) => !text.Any(IsHidden);

    /// <summary>The text in single quotes when they can carry it, else in double quotes.</summary>
    public static string Of(string text) => CanBeSingle(text) ? "'" + text.Replace("'", "''") + "'" : Double(text);

    /// <summary>The text in double quotes, which carry every text.</summary>
    public static string Double(string text)
    {
        var result = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => result.Append('\\').Append(c),
                '\n' => result.Append("\\n"),
                '\r' => result.Append("\\r"),
                '\t' => result.Append("\\t"),
                _ when IsHidden(c) => result.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => result.Append(c),
            };
        }

        return result.Append('"').ToString();
    }

    /// <summary>
    /// Whether YAML allows a character only by its code, or it would control the terminal or the direction of the text. U+FFFD in a
    /// file says that its bytes are no UTF-8.
    /// </summary>
    private static bool IsHidden(char c) => c is < ' ' or (>= '\u007f' and <= '\u009f') or '\u061c' or '\u200e' or '\u200f'
        or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff' or (>= '\ufffd' and <= '\uffff');
}
