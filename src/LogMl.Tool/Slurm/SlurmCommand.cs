using System.ComponentModel;
using System.Diagnostics;

namespace LogMl.Tool.Slurm;

/// <summary>Runs the commands of Slurm.</summary>
internal static class SlurmCommand
{
    /// <returns>The output.</returns>
    /// <exception cref="ToolException">The command is not there, or it has failed.</exception>
    public static string Run(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : throw new ToolException(
                ToolErrors.Slurm, $"{command} has failed: {errors.GetAwaiter().GetResult().Trim().ReplaceLineEndings(" ")}");
        }
        catch (Win32Exception)
        {
            throw new ToolException(
                ToolErrors.Slurm, $"There is no {command} on the PATH. Run this on a machine from which jobs are submitted to Slurm.");
        }
    }
}
