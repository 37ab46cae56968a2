using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using LogMl.Shared;

namespace LogMl.Tasks;

/// <summary>
/// Properties whose names begin as those of a search, and are none: MSBuild takes any name, so that a misspelt one would change nothing in silence.
/// They are looked for on the command line, and in the project file itself. What it imports is not read.
/// </summary>
internal static class MisspeltProperties
{
    private const string Prefix = "HyperOpt";

    private static readonly Regex FileBased = new(@"^#:property\s+(?<name>HyperOpt\w*)\s*=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The names that nobody knows, each with its line in the project file, or 0 when it is from the command line.</summary>
    /// <param name="projectFile">The project, or the file of a program without one.</param>
    /// <param name="commandLine">The names of the global properties.</param>
    /// <param name="known">The properties that there are.</param>
    public static IReadOnlyList<(string Name, int Line)> Find(string projectFile, IEnumerable<string> commandLine, IReadOnlyCollection<string> known)
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

    /// <summary>The property that was probably meant, or null. What all of the names begin with makes no two of them alike: HyperOptSamper is not nearly HyperOptSeed.</summary>
    public static string? Nearest(string name, IEnumerable<string> known) =>
        NearestName.Find(name.Substring(Prefix.Length), known.Select(property => property.Substring(Prefix.Length))) is { } rest ? Prefix + rest : null;

    /// <summary>A property that the project itself reads is its own.</summary>
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
            // A project of which MSBuild made something else than its file says.
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
