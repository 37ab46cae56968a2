using System.Diagnostics;
using System.Globalization;

namespace LogMl.TestKit;

/// <summary>A disk in memory that can be full, mounted on a folder; only root can have one, on Linux.</summary>
public sealed class SmallDisk : IDisposable
{
    private static readonly Lazy<string?> Reason = new(Try);

    /// <param name="folder">An empty folder, or one that is not there.</param>
    /// <param name="kibibytes">The size.</param>
    public SmallDisk(string folder, int kibibytes)
    {
        Path = Directory.CreateDirectory(folder).FullName;
        Mount(Path, kibibytes);
    }

    /// <summary>Why there is none on this machine; null when there is.</summary>
    public static string? Missing => Reason.Value;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>How much is on it, in kibibytes.</summary>
    public int Used => (int)((new DriveInfo(Path).TotalSize - new DriveInfo(Path).TotalFreeSpace) / 1024);

    /// <summary>Gives it another size.</summary>
    public void Resize(int kibibytes) => Run("mount", "-o", "remount," + Size(kibibytes), Path);

    /// <inheritdoc />
    public void Dispose() => Unmount(Path);

    private static string? Try()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return "only root can mount a small disk, on Linux";
        }

        var folder = Directory.CreateTempSubdirectory("logml-").FullName;
        try
        {
            Mount(folder, 64);
            Unmount(folder);
            return null;
        }
        catch (ExpectationException exception)
        {
            return "a small disk cannot be mounted here: " + exception.Message;
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    private static void Mount(string folder, int kibibytes) => Run("mount", "-t", "tmpfs", "-o", Size(kibibytes), "logml-tests", folder);

    private static void Unmount(string folder) => Run("umount", "--lazy", folder);

    private static string Size(int kibibytes) => string.Create(CultureInfo.InvariantCulture, $"size={kibibytes}k");

    private static void Run(string program, params string[] arguments) => BoundedProcess.Run(new ProcessStartInfo(program, arguments));
}
