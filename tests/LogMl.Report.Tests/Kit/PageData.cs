using System.Text.Json;
using System.Text.RegularExpressions;

namespace LogMl.Report.Tests.Kit;

/// <summary>Reads pages as a browser does: an element of a script ends at the first end tag.</summary>
internal static partial class PageData
{
    /// <summary>The contents of the script elements: the data, the charts, the script of the page.</summary>
    public static string[] Scripts(string page) => [.. Script().Matches(page).Select(match => match.Groups[1].Value)];

    /// <summary>The data of a page.</summary>
    public static JsonElement Of(string page)
    {
        using var json = JsonDocument.Parse(Scripts(page)[0]);
        return json.RootElement.Clone();
    }

    [GeneratedRegex("<script[^>]*>(.*?)</script", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Script();
}
