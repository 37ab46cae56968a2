using System.Runtime.InteropServices;

namespace LogMl.Storage.Databases;

/// <summary>What stands at a path. .NET says so only of what it has opened, and whoever opens a pipe waits for its other end, perhaps for ever.</summary>
internal static partial class FileKind
{
    /// <summary>AT_FDCWD: a relative path is one below the current folder.</summary>
    private const int CurrentFolder = -100;

    /// <summary>STATX_TYPE: only the kind is asked for.</summary>
    private const uint TypeOnly = 1;

    /// <summary>S_IFMT, S_IFREG and S_IFDIR (stat(2)).</summary>
    private const int KindMask = 0xF000;
    private const int Regular = 0x8000;
    private const int Folder = 0x4000;

    /// <summary>Whether there is a pipe, a socket or a device. Known on Linux; elsewhere it is false.</summary>
    public static bool IsSpecial(string path) =>
        OperatingSystem.IsLinux() && Status(CurrentFolder, path, 0, TypeOnly, out var status) == 0 && (status.Mode & KindMask) is not (Regular or Folder);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Status(int folder, string path, int flags, uint mask, out FileStatus status);

    /// <summary>struct statx, the same for every processor.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(28)]
        public ushort Mode;
    }
}
