namespace LogMl.Host.Results;

/// <summary>Files that the host makes where trials can write too: whatever a trial has put in their place goes, and nothing is written through a link.</summary>
internal static class FreshFile
{
    /// <summary>Whoever puts something there again and again is not waited for.</summary>
    private const int Most = 10;

    /// <summary>Makes a new file, instead of whatever is there.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static FileStream Create(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // A new one only: that never follows a link.
                return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            }
            catch (IOException) when (attempt < Most && Exists(path))
            {
                Remove(path);
            }
        }
    }

    /// <summary>Removes whatever is at a path: a file, a link (not what it leads to), or a folder with all that is in it.</summary>
    public static void Remove(string path)
    {
        if (!Exists(path))
        {
            return;
        }

        FileSystemInfo there = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        if (there is DirectoryInfo { LinkTarget: null } folder)
        {
            folder.Delete(recursive: true);
        }
        else
        {
            there.Delete();
        }
    }

    /// <summary>Whether a file is there itself, and not a link to one.</summary>
    public static bool IsThere(string path) => File.Exists(path) && !IsLink(path);

    public static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    /// <summary>A link that leads nowhere is something, too.</summary>
    private static bool Exists(string path) => Path.Exists(path) || IsLink(path);
}
