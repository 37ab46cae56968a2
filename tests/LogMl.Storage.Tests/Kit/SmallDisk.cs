using System.Diagnostics;

namespace LogMl.Storage.Tests.Kit;

/// <summary>A file system of a few hundred kilobytes.</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk(int kilobytes)
    {
        Path = Directory.CreateTempSubdirectory("logml-disk-").FullName;
        Run("mount", "-t", "tmpfs", "-o", FormattableString.Invariant($"size={kilobytes}k"), "logml", Path);
    }

    public string Path { get; }

    public void Grow(int kilobytes) => Run("mount", "-o", FormattableString.Invariant($"remount,size={kilobytes}k"), Path);

    public void Dispose()
    {
        Run("umount", Path);
        Directory.Delete(Path);
    }

    public static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} failed: {errors.Trim()}");
        }
    }
}
