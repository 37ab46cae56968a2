using System.Diagnostics;
using System.Text;

namespace LogMl.TestKit;

/// <summary>Runs a command to its end with a time limit. Its output streams are read separately.</summary>
public static class BoundedProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs the command, which must succeed, and returns its stdout.</summary>
    /// <exception cref="ExpectationException">The command failed, or did not end. The message has both output streams.</exception>
    public static string Run(ProcessStartInfo start, string? input = null)
    {
        var (exitCode, output, errors) = TryRun(start, input);
        return exitCode == 0 ? output : throw new ExpectationException($"{Shown(start)} failed, exit code {exitCode}:\n{errors}{output}");
    }

    /// <summary>Runs the command, which may fail.</summary>
    public static (int ExitCode, string Output, string Errors) TryRun(ProcessStartInfo start, string? input = null)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        start.StandardOutputEncoding = Encoding.UTF8;
        start.StandardErrorEncoding = Encoding.UTF8;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The command ended without reading its input. Its stderr says why.
        }

        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new ExpectationException($"{Shown(start)} has not ended after {Patience}:\n{errors.GetAwaiter().GetResult()}{output.GetAwaiter().GetResult()}");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }

    private static string Shown(ProcessStartInfo start) => string.Join(' ', [start.FileName, .. start.ArgumentList]);
}
