using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LogMl.Shared;

/// <summary>Asks a process to end.</summary>
internal static class Terminate
{
    private const int Sigterm = 15;

    /// <summary>
    /// Sends SIGTERM, where it exists. Windows has no signal that reaches another console process, so there the caller kills the process.
    /// Nothing is lost by that, because every finished trial is stored already.
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
            // The process has ended, or never started.
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
