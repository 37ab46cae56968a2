namespace LogMl.Shared;

/// <summary>Shows a text of several lines in one, as messages show other control characters.</summary>
internal static class OneLine
{
    /// <summary>The text with <c>\n</c> in place of each line break; those at its end are left out.</summary>
    public static string Of(string text) => text.TrimEnd().ReplaceLineEndings("\\n");
}
