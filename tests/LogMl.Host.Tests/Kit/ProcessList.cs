using System.Diagnostics;
using System.Globalization;
using LogMl.TestKit;

namespace LogMl.Host.Tests.Kit;

/// <summary>Inspects processes by their ids.</summary>
internal static class ProcessList
{
    /// <summary>Whether there is a running process that was started with this value of an environment variable.</summary>
    public static bool AnyWith(string variable) => LinuxProcess.All().Any(id => LinuxProcess.IsAlive(id) && LinuxProcess.Has(id, variable));

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

    public static void AssertGone(params int[] processes) => HostProcess.WaitUntil(() => !processes.Any(LinuxProcess.IsAlive), "the end of all processes");
}
