using System.Globalization;
using System.Text;

namespace LogMl.Shared;

/// <summary>
/// Strings of JSON for the compiler and the tasks, which have no JSON library. Compiled into the generator and the tasks.
/// </summary>
internal static class QuotedJson
{
    /// <summary>A string of ASCII JSON, quotes included.</summary>
    public static string Of(string text)
    {
        var json = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\')
            {
                json.Append('\\').Append(c);
            }
            else if (c is < ' ' or > '~')
            {
                json.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                json.Append(c);
            }
        }

        return json.Append('"').ToString();
    }
}
