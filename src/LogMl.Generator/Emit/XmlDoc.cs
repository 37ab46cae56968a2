using System.Text;

namespace LogMl.Generator.Emit;

/// <summary>Text for XML doc comments.</summary>
internal static class XmlDoc
{
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            switch (c)
            {
                case '<': result.Append("&lt;"); break;
                case '>': result.Append("&gt;"); break;
                case '&': result.Append("&amp;"); break;

                // A comment is on one line, and XML has no unpaired surrogates and no control characters.
                case < ' ' or '\u0085' or '\u2028' or '\u2029' or '\uFFFE' or '\uFFFF': result.Append(' '); break;
                default: result.Append(char.IsSurrogate(c) ? '?' : c); break;
            }
        }

        return result.ToString();
    }
}
