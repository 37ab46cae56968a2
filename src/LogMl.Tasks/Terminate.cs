using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LogMl.Tasks;

/// <summary>Asks a process to end.</summary>
internal static class Terminate
{
    private const int Sigterm = 15;

    /// <summary>
    /// Sends SIGTERM where there is such a thing. Windows has none that reaches another console process, and there the caller's kill is what ends it: nothing
    /// is lost by that, because every finished trial is stored already.
    /// </summary>
    public static void Politely(Process? process)
    {
        if (process is null || RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return;
        }

        try
        {
            if (!process.HasExited)
            {
                _ = Kill(process.Id, Sigterm);
            }
        }
        catch (InvalidOperationException)
        {
            // It has ended, or never started: what was asked for.
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
