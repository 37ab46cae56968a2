using System.Globalization;
using LogMl.Configuration.Diagnostics;

namespace LogMl.Configuration.Yaml;

/// <summary>
/// Finds characters that are not allowed in YAML (YAML 1.2.2, production c-printable) before a parser sees them: YamlDotNet takes NUL for
/// the end of the text.
/// </summary>
internal static class CharacterCheck
{
    private const char ReplacementCharacter = '\uFFFD';

    /// <summary>
    /// Reports the first bad character, if there is one. Returns the text with spaces in place of the characters that no parser reads, so
    /// that the rest of the file can still be read.
    /// </summary>
    public static string Run(string text, DiagnosticBag diagnostics)
    {
        char[]? readable = null;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == ReplacementCharacter)
            {
                diagnostics.ReportOnly(ConfigurationDiagnostics.NotUtf8, i, i + 1);
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (!IsPrintable(c))
            {
                var code = ((int)c).ToString("X4", CultureInfo.InvariantCulture);
                diagnostics.ReportOnly(ConfigurationDiagnostics.ForbiddenCharacter, i, i + 1, code);
                readable ??= text.ToCharArray();
                readable[i] = ' ';
            }
        }

        return readable is null ? text : new string(readable);
    }

    private static bool IsPrintable(char c) => c switch
    {
        '\t' or '\n' or '\r' or '\u0085' => true,
        < ' ' or (>= '\u007F' and < '\u00A0') => false,
        >= '\uD800' and <= '\uDFFF' => false,
        '\uFFFE' or '\uFFFF' => false,
        _ => true,
    };
}
