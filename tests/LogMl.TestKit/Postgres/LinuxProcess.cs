using System.Globalization;

namespace LogMl.TestKit.Postgres;

/// <summary>Reads processes from <c>/proc</c>. On a system without it nothing is known, and the answers are the harmless ones.</summary>
internal static class LinuxProcess
{
    private const string Root = "/proc";

    /// <summary>Whether a process runs. A zombie does not.</summary>
    public static bool IsAlive(int id)
    {
        if (!Directory.Exists(Root))
        {
            return true;
        }

        try
        {
            // "4711 (name, which may have spaces and brackets) S ..."
            var status = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"{Root}/{id}/stat"));
            return status[status.LastIndexOf(')') + 2] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The processes that a process has started and whose command line has these words in it.</summary>
    public static IReadOnlyList<int> ChildrenWith(int parent, string words)
    {
        var children = new List<int>();
        foreach (var folder in Directory.Exists(Root) ? Directory.EnumerateDirectories(Root) : [])
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                continue;
            }

            try
            {
                var status = File.ReadAllText(Path.Combine(folder, "stat"));
                if (status[status.LastIndexOf(')')..].Split(' ')[2] == parent.ToString(CultureInfo.InvariantCulture)
                    && File.ReadAllText(Path.Combine(folder, "cmdline")).Contains(words, StringComparison.Ordinal))
                {
                    children.Add(id);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The process has ended.
            }
        }

        return children;
    }

    /// <summary>Whether a process has this working directory.</summary>
    public static bool AnyWorksIn(string folder)
    {
        if (!Directory.Exists(Root))
        {
            return false;
        }

        foreach (var process in Directory.EnumerateDirectories(Root))
        {
            if (!char.IsAsciiDigit(Path.GetFileName(process)[0]))
            {
                continue;
            }

            try
            {
                if (File.ResolveLinkTarget(Path.Combine(process, "cwd"), returnFinalTarget: false)?.FullName == folder)
                {
                    return true;
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The process has ended, or belongs to another user.
            }
        }

        return false;
    }
}
