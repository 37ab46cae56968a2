using LogMl.Configuration.Model;
using LogMl.Configuration.Reading;
using LogMl.Configuration.Yaml;
using LogMl.Shared;

namespace LogMl.Configuration.Editing;

/// <summary>Writes a scalar in the style of the one that it replaces, when that style can carry it.</summary>
internal static class ScalarText
{
    private const string NotFirst = "-?:,[]{}#&*!|>'\"%@`=~<";

    /// <summary>The text of the new scalar.</summary>
    /// <param name="wanted">The new value.</param>
    /// <param name="source">How the value is written where its type is evident.</param>
    /// <param name="old">The scalar that it replaces.</param>
    /// <param name="style">The first character of that scalar, which says its style.</param>
    public static string Of(YamlScalar wanted, string source, YamlScalar old, char style)
    {
        switch (ScalarReader.Natural(wanted))
        {
            case ConfigurationValue.Text { Value: var text }:
                return style switch
                {
                    '"' => YamlQuotes.Double(text),
                    '\'' or '|' or '>' => YamlQuotes.Of(text),
                    _ => CanBePlain(text) ? text : YamlQuotes.Of(text),
                };
            case ConfigurationValue.Integer or ConfigurationValue.Number when SameValue.IsNumber(old):
            case ConfigurationValue.Bool when SameValue.IsBool(old):
                // The old value was read by the type that was needed. So the new one is, in quotes too.
                return style is '"' or '\'' ? style + source + style : source;
            default:
                return source;
        }
    }

    /// <summary>Whether a text without quotes is this text to every reader of YAML, in block and in flow style.</summary>
    private static bool CanBePlain(string text) =>
        text.Length > 0 && text.Trim().Length == text.Length && YamlQuotes.CanBeSingle(text)
        && NotFirst.IndexOf(text[0]) < 0 && text[text.Length - 1] != ':'
        && text.IndexOfAny([',', '[', ']', '{', '}']) < 0
        && text.IndexOf(": ", StringComparison.Ordinal) < 0 && text.IndexOf(" #", StringComparison.Ordinal) < 0
        && !text.StartsWith("...", StringComparison.Ordinal)
        && Yaml12Scalars.Read(text) is ConfigurationValue.Text && Yaml11Scalars.Read(text) is ConfigurationValue.Text;
}
