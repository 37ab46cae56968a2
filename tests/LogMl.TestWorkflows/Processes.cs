using System.Diagnostics;
using System.Globalization;

namespace LogMl.TestWorkflows;

/// <summary>Steps that start processes, which hold the worker's output open.</summary>
internal static class Processes
{
    /// <summary>Kills the process that has started this one, which is the host.</summary>
    public static void KillParent()
    {
        // "4711 (name, which may have spaces and brackets) S parent ..."
        var stat = File.ReadAllText("/proc/self/stat");
        using var host = Process.GetProcessById(int.Parse(stat[stat.LastIndexOf(')')..].Split(' ')[2], CultureInfo.InvariantCulture));
        host.Kill();
    }

    public static bool Run(string name, string argument, ITrial trial)
    {
        switch (name)
        {
            case "child":
                // Its pid goes to child.pid in the trial's folder.
                using (var child = Process.Start(new ProcessStartInfo("sleep", [argument]) { UseShellExecute = false })!)
                {
                    File.WriteAllText(Path.Combine(trial.Directory, "child.pid"), child.Id.ToString(CultureInfo.InvariantCulture));
                }

                break;
            case "orphan":
                // Its parent, a shell, ends at once.
                Shell(trial, "orphan.pid", argument, "sleep \"$1\" & echo $! > \"$2\"");
                break;
            case "session":
                // Neither of the worker's session nor of its group.
                Shell(trial, "session.pid", argument, "setsid --fork sh -c 'echo $$ > \"$2\"; exec sleep \"$1\"' sh \"$1\" \"$2\"");
                break;
            case "pid":
                File.WriteAllText(
                    Path.Combine(trial.Directory, "worker.pid"), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
                break;
            default:
                return false;
        }

        return true;
    }

    private static void Shell(ITrial trial, string file, string argument, string script)
    {
        var path = Path.Combine(trial.Directory, file);
        using var shell = Process.Start("sh", ["-c", script, "sh", argument, path]);
        shell.WaitForExit();
        while (!File.Exists(path) || !File.ReadAllText(path).EndsWith('\n'))
        {
            Thread.Sleep(10);
        }
    }
}
