using System.Diagnostics;
using System.Globalization;

namespace LogMl.Host.Tests.Kit;

/// <summary>A disk in memory that can be full, mounted on a folder; only root can have one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private static readonly Lazy<string?> Reason = new(Try);

    private readonly string _folder;

    /// <param name="folder">An empty folder.</param>
    /// <param name="kibibytes">The size.</param>
    public SmallDisk(string folder, int kibibytes)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        Assert.Equal("", Run("mount", "-t", "tmpfs", "-o", Size(kibibytes), "logml-tests", folder));
    }

    /// <summary>Why there is none on this machine; null when there is.</summary>
    public static string? Missing => Reason.Value;

    public void Resize(int kibibytes) => Assert.Equal("", Run("mount", "-o", "remount," + Size(kibibytes), _folder));

    /// <summary>How much is on it.</summary>
    public int Used => (int)((new DriveInfo(_folder).TotalSize - new DriveInfo(_folder).TotalFreeSpace) / 1024);

    public void Dispose() => Run("umount", "--lazy", _folder);

    private static string Size(int kibibytes) => string.Create(CultureInfo.InvariantCulture, $"size={kibibytes}k");

    private static string? Try()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return "only root can mount a small disk, on Linux";
        }

        var folder = Directory.CreateTempSubdirectory("logml-").FullName;
        try
        {
            var answer = Run("mount", "-t", "tmpfs", "-o", Size(64), "logml-tests", folder);
            Run("umount", "--lazy", folder);
            return answer.Length == 0 ? null : "a small disk cannot be mounted here: " + answer;
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var answer = process.StandardError.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? "" : answer.Length > 0 ? answer : "it failed without a word";
    }
}

/// <summary>A test that needs a <see cref="SmallDisk"/>.</summary>
public sealed class SmallDiskFactAttribute : FactAttribute
{
    /// <inheritdoc />
    public override string? Skip
    {
        get => base.Skip ?? SmallDisk.Missing;
        set => base.Skip = value;
    }
}
