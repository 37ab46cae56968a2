using System.Runtime.InteropServices;

namespace LogMl.Shared;

/// <summary>
/// The kind of file at a path. .NET tells it only for a file that is open, and opening a pipe may wait for ever for its other end.
/// </summary>
internal static partial class FileKind
{
    /// <summary>AT_FDCWD: a relative path starts at the current folder.</summary>
    private const int CurrentFolder = -100;

    /// <summary>STATX_TYPE: ask for the kind only.</summary>
    private const uint TypeOnly = 1;

    /// <summary>S_IFMT, S_IFREG and S_IFDIR (stat(2)).</summary>
    private const int KindMask = 0xF000;
    private const int Regular = 0x8000;
    private const int Folder = 0x4000;

    /// <summary>Whether the path is a pipe, a socket or a device. Only Linux tells; elsewhere this is false.</summary>
    public static bool IsSpecial(string path) =>
        OperatingSystem.IsLinux() && Status(CurrentFolder, path, 0, TypeOnly, out var status) == 0
            && (status.Mode & KindMask) is not (Regular or Folder);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Status(int folder, string path, int flags, uint mask, out FileStatus status);

    /// <summary>The struct statx, which has the same layout on every processor.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(28)]
        public ushort Mode;
    }
}
