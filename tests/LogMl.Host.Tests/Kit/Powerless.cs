using System.Diagnostics;

namespace LogMl.Host.Tests.Kit;

/// <summary>Makes root a user for whom permissions count.</summary>
internal static class Powerless
{
    private const string Capabilities = "-dac_override,-dac_read_search";

    private static readonly Lazy<string?> Reason = new(Try);

    /// <summary>For <see cref="SearchFolder.Launcher"/>.</summary>
    public static string[] Launcher =>
        Environment.IsPrivilegedProcess ? ["setpriv", "--bounding-set=" + Capabilities, "--inh-caps=" + Capabilities] : [];

    /// <summary>Why that is not possible here; null when it is.</summary>
    public static string? Missing => Reason.Value;

    private static string? Try()
    {
        if (OperatingSystem.IsWindows())
        {
            return "permissions are those of Unix";
        }

        if (!Environment.IsPrivilegedProcess)
        {
            return null;
        }

        var file = Path.GetTempFileName();
        File.SetUnixFileMode(file, UnixFileMode.UserRead);
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("setpriv", [.. Launcher[1..], "test", "!", "-w", file]) { RedirectStandardError = true })!;
            var answer = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : "setpriv cannot take root's power over files away: " + answer;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "there is no setpriv (util-linux), and root may write everything";
        }
        finally
        {
            File.Delete(file);
        }
    }
}

/// <summary>A test with data that needs <see cref="Powerless"/>.</summary>
public sealed class PowerlessTheoryAttribute : TheoryAttribute
{
    /// <inheritdoc />
    public override string? Skip
    {
        get => base.Skip ?? Powerless.Missing;
        set => base.Skip = value;
    }
}
