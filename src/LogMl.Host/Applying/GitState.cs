using System.ComponentModel;
using System.Diagnostics;

namespace LogMl.Host.Applying;

/// <summary>What git says of a file.</summary>
internal static class GitState
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Whether a file has changes that are not committed. False too when there is no git, or no repository.</summary>
    public static bool HasChanges(string path)
    {
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = Path.GetDirectoryName(path)!,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "--no-optional-locks", "status", "--porcelain", "--", Path.GetFileName(path) },
        };
        try
        {
            using var git = Process.Start(start)!;
            git.StandardInput.Close();
            git.ErrorDataReceived += (_, _) => { };
            git.BeginErrorReadLine();
            var output = git.StandardOutput.ReadToEndAsync();
            if (!git.WaitForExit(Patience))
            {
                git.Kill(entireProcessTree: true);
                return false;
            }

            return git.ExitCode == 0 && output.GetAwaiter().GetResult().Length > 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
