using System.ComponentModel;
using System.Diagnostics;

namespace LogMl.Tool.Slurm;

/// <summary>Runs the programs of Slurm, such as <c>sbatch</c>.</summary>
internal static class SlurmProgram
{
    /// <summary>Requires that jobs can be submitted from this machine.</summary>
    /// <exception cref="ToolException">There is no Slurm.</exception>
    public static void Require() => Run("sbatch", "--version");

    /// <summary>Runs a program, which must succeed.</summary>
    /// <returns>The output.</returns>
    /// <exception cref="ToolException">It is not there, or it has failed.</exception>
    public static string Run(string program, params string[] arguments)
    {
        var (exitCode, output, errors) = TryRun(program, arguments);
        return exitCode == 0 ? output : throw new ToolException(
            ToolErrors.Slurm, $"{program} has failed: {errors.Trim().ReplaceLineEndings(" ")}");
    }

    /// <summary>Runs a program, which may fail.</summary>
    /// <exception cref="ToolException">It is not there.</exception>
    public static (int ExitCode, string Output, string Errors) TryRun(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, errors.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            throw new ToolException(
                ToolErrors.Slurm, $"There is no {program} on the PATH. Run this on a machine from which jobs are submitted to Slurm.");
        }
    }
}
