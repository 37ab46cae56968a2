using System.Diagnostics;
using System.Globalization;

namespace LogMl.TestWorkflows;

/// <summary>Steps that start processes, which hold the worker's output open.</summary>
internal static class Processes
{
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
            case "pid":
                File.WriteAllText(Path.Combine(trial.Directory, "worker.pid"), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
                break;
            default:
                return false;
        }

        return true;
    }
}
