using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using LogMl.Shared;

namespace LogMl.Tasks;

/// <summary>
/// Finds properties whose names begin like those of a search but are unknown. MSBuild accepts any name, so a misspelt one would have no
/// effect, without a message. The command line and the project file itself are checked. Files that the project imports are not read.
/// </summary>
internal static class MisspeltProperties
{
    private const string Prefix = "HyperOpt";

    private static readonly Regex FileBased = new(
        @"^#:property\s+(?<name>HyperOpt\w*)\s*=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The unknown names, each with its line in the project file, or 0 when it is from the command line.</summary>
    /// <param name="projectFile">The project, or the file of a program without one.</param>
    /// <param name="commandLine">The names of the global properties.</param>
    /// <param name="known">The properties that exist.</param>
    public static IReadOnlyList<(string Name, int Line)> Find(
        string projectFile, IEnumerable<string> commandLine, IReadOnlyCollection<string> known)
    {
        var text = Read(projectFile);
        return
        [
            .. commandLine.Select(name => (Name: name, Line: 0)).Concat(InFile(projectFile, text))
                .Where(property => property.Name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
                .Where(property => !known.Contains(property.Name, StringComparer.OrdinalIgnoreCase) && !IsUsed(property.Name, text))
                .GroupBy(property => property.Name, StringComparer.OrdinalIgnoreCase).Select(same => same.Last()),
        ];
    }

    /// <summary>
    /// The property that was probably meant, or null. The common beginning of all names does not count: HyperOptSamper is not similar to
    /// HyperOptSeed.
    /// </summary>
    public static string? Nearest(string name, IEnumerable<string> known) =>
        NearestName.Find(name.Substring(Prefix.Length), known
            .Where(property => property.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(property => property.Substring(Prefix.Length))) is { } rest
            ? Prefix + rest
            : null;

    /// <summary>Whether the project itself reads a property. Then the property is the project's own.</summary>
    private static bool IsUsed(string name, string text) => text.IndexOf("$(" + name + ")", StringComparison.OrdinalIgnoreCase) >= 0;

    private static IEnumerable<(string Name, int Line)> InFile(string projectFile, string text)
    {
        if (Path.GetExtension(projectFile).Equals(".cs", StringComparison.OrdinalIgnoreCase))
        {
            return text.Split('\n').Select((line, i) => (FileBased.Match(line).Groups["name"].Value, i + 1));
        }

        try
        {
            return [.. XDocument.Parse(text, LoadOptions.SetLineInfo).Descendants()
                .Where(element => element.Parent?.Name.LocalName == "PropertyGroup")
                .Select(element => (element.Name.LocalName, ((IXmlLineInfo)element).LineNumber))];
        }
        catch (XmlException)
        {
            // MSBuild has read something else than is in the project file.
            return [];
        }
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
