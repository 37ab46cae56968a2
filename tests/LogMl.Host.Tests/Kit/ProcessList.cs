using System.Diagnostics;
using System.Globalization;

namespace LogMl.Host.Tests.Kit;

/// <summary>Inspects processes by their ids.</summary>
internal static class ProcessList
{
    /// <summary>The running processes that a process has started.</summary>
    public static int[] ChildrenOf(int id) =>
    [
        .. All().Where(process =>
        {
            var stat = Read(process, "stat");
            return stat.Length > 0
                && stat[stat.LastIndexOf(')')..].Split(' ') is [_, not ("Z" or "X"), var parent, ..]
                && parent == id.ToString(CultureInfo.InvariantCulture);
        }),
    ];

    /// <summary>Whether there is a running process that was started with this value of an environment variable.</summary>
    public static bool AnyWith(string variable) =>
        All().Any(process => IsRunning(process) && Read(process, "environ").Split('\0').Contains(variable));

    public static void Signal(int id, string name)
    {
        using var kill = Process.Start("kill", ["-" + name, id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>The id that a step has written into a file.</summary>
    public static int WaitForPid(string file)
    {
        var id = 0;
        HostProcess.WaitUntil(
            () => int.TryParse(TextOf(file).TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out id), file);
        return id;
    }

    /// <summary>The text of a file; empty while there is none, or its writer has it open.</summary>
    private static string TextOf(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }

    public static void AssertGone(params int[] processes) => HostProcess.WaitUntil(() => !processes.Any(IsRunning), "the end of all processes");

    /// <summary>Whether a process runs. A zombie does not.</summary>
    public static bool IsRunning(int id)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            return stat[stat.LastIndexOf(')')..].Split(' ')[1] is not ("Z" or "X");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static IEnumerable<int> All() =>
        Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0);

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/{file}"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
