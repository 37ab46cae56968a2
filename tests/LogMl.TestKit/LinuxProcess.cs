using System.Globalization;

namespace LogMl.TestKit;

/// <summary>Reads processes from <c>/proc</c>. On a system without it nothing is known, and the answers are the harmless ones.</summary>
public static class LinuxProcess
{
    private const string Root = "/proc";

    /// <summary>The ids of all processes.</summary>
    public static IEnumerable<int> All() => (Directory.Exists(Root) ? Directory.EnumerateDirectories(Root) : [])
        .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0);

    /// <summary>A file of a process; empty when the process has ended, or belongs to another user.</summary>
    public static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"{Root}/{id}/{file}"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>
    /// The fields of <c>stat</c> from the state on: state, parent and so on. None when the process has ended. The name before them may have
    /// spaces and brackets.
    /// </summary>
    public static string[] Fields(int id) => Read(id, "stat") is { Length: > 0 } stat ? stat[(stat.LastIndexOf(')') + 2)..].Split(' ') : [];

    /// <summary>Whether a process runs. A zombie does not.</summary>
    public static bool IsAlive(int id) => !Directory.Exists(Root) || Fields(id) is [not ("Z" or "X"), ..];

    /// <summary>The process that has started a process; 0 when that has ended.</summary>
    public static int ParentOf(int id) => Fields(id) is [_, var parent, ..] ? int.Parse(parent, CultureInfo.InvariantCulture) : 0;

    /// <summary>The running processes that a process has started.</summary>
    public static int[] ChildrenOf(int id) => [.. All().Where(process => ParentOf(process) == id && IsAlive(process))];

    /// <summary>Whether a process was started with this value of an environment variable, <c>name=value</c>.</summary>
    public static bool Has(int id, string variable) => Read(id, "environ").Split('\0').Contains(variable);

    /// <summary>Whether a process has this working directory.</summary>
    public static bool AnyWorksIn(string folder) => All().Any(id =>
    {
        try
        {
            var link = string.Create(CultureInfo.InvariantCulture, $"{Root}/{id}/cwd");
            return File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName == folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The process has ended, or belongs to another user.
            return false;
        }
    });
}
