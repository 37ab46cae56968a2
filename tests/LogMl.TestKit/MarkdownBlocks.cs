using System.Text.RegularExpressions;

namespace LogMl.TestKit;

/// <summary>The fenced blocks of a page.</summary>
public static partial class MarkdownBlocks
{
    /// <summary>The texts of the blocks, in the order of the page.</summary>
    public static IEnumerable<string> Of(string page) => Blocks().Matches(page).Select(block => block.Groups["text"].Value);

    [GeneratedRegex("^```[a-z]*\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Blocks();
}
