using System.Diagnostics;
using System.Globalization;

namespace LogMl.Host.Tests.Kit;

/// <summary>Looks at processes by their ids.</summary>
internal static class ProcessList
{
    public static void Signal(int id, string name)
    {
        using var kill = Process.Start("kill", ["-" + name, id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>The id that a step has written into a file.</summary>
    public static int WaitForPid(string file)
    {
        var id = 0;
        HostProcess.WaitUntil(() => File.Exists(file) && int.TryParse(File.ReadAllText(file).TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out id), file);
        return id;
    }

    public static void AssertGone(params int[] processes) => HostProcess.WaitUntil(() => !processes.Any(IsRunning), "the end of all processes");

    /// <summary>Whether a process runs; one that has ended, but whose parent has not asked how, does not.</summary>
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
}
