namespace LogMl.Host.Results;

/// <summary>Files that the host makes where trials can write too: whatever a trial has put in their place goes, and nothing is written through a link.</summary>
internal static class FreshFile
{
    /// <summary>Whoever puts something there again and again is not waited for.</summary>
    private const int Most = 10;

    private static readonly Lock Links = new();

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

    /// <summary>Makes a folder; a link in its place, or on the way to it, goes.</summary>
    /// <param name="root">The folder that it is in, however deep. The way to that one is the user's, who may have links there.</param>
    /// <param name="path">The folder.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static void MakeFolder(string root, string path)
    {
        RemoveLinks(root, path);
        Directory.CreateDirectory(path);
    }

    /// <summary>Removes the links below a folder that are on the way to a path, and at the path itself; never what they lead to.</summary>
    /// <exception cref="IOException">One of them cannot be removed.</exception>
    public static void RemoveLinks(string root, string path)
    {
        // Several trials begin at once: one that finds a link must not remove the folder that another one has just made instead.
        lock (Links)
        {
            var at = root;
            foreach (var name in Path.GetRelativePath(root, path).Split(Path.DirectorySeparatorChar))
            {
                at = Path.Combine(at, name);
                if (IsLink(at))
                {
                    Remove(at);
                }
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
