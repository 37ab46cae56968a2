using System.Diagnostics;
using System.Globalization;

namespace LogMl.TestKit;

/// <summary>A disk in memory that can become full, mounted on a folder. It needs root on Linux.</summary>
public sealed class SmallDisk : IDisposable
{
    private static readonly Lazy<string?> Reason = new(Try);

    /// <param name="folder">An empty folder, or one that does not exist.</param>
    /// <param name="kibibytes">The size.</param>
    public SmallDisk(string folder, int kibibytes)
    {
        Path = Directory.CreateDirectory(folder).FullName;
        Mount(Path, kibibytes);
    }

    /// <summary>Why it is not available on this machine; null when it is.</summary>
    public static string? Missing => Reason.Value;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The space in use, in kibibytes.</summary>
    public int Used => (int)((new DriveInfo(Path).TotalSize - new DriveInfo(Path).TotalFreeSpace) / 1024);

    /// <summary>Changes its size.</summary>
    public void Resize(int kibibytes) => Run("mount", "-o", "remount," + Size(kibibytes), Path);

    /// <summary>Lets nobody write to it any more. No file of it may be open for writing.</summary>
    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", Path);

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
