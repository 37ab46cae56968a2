namespace LogMl.Shared;

/// <summary>
/// Creates files where others can write too, as trials can. Whatever they have put at the path is removed first, and nothing is written
/// through a link.
/// </summary>
internal static class FreshFile
{
    /// <summary>The host gives up when something puts a file there again and again.</summary>
    private const int MaxAttempts = 10;

    private static readonly Lock Links = new();

    /// <summary>Creates a new file in place of whatever is there.</summary>
    /// <exception cref="IOException">It cannot be created.</exception>
    public static FileStream Create(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // CreateNew never follows a link.
                return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            }
            catch (IOException) when (attempt < MaxAttempts && Exists(path))
            {
                Remove(path);
            }
        }
    }

    /// <summary>Makes a folder; a link in its place, or on the way to it, goes.</summary>
    /// <param name="root">The folder that it is in, however deep. The way to that one is the user's, who may have links there.</param>
    /// <param name="path">The folder.</param>
    /// <exception cref="IOException">It cannot be created.</exception>
    public static void CreateFolder(string root, string path)
    {
        RemoveLinks(root, path);
        Directory.CreateDirectory(path);
    }

    /// <summary>Removes links on the way from a folder to a path, and at the path itself, but never what they lead to.</summary>
    /// <exception cref="IOException">One of them cannot be removed.</exception>
    public static void RemoveLinks(string root, string path)
    {
        // Trials start at the same time. A trial that finds a link must not remove the folder that another one has just made in its place.
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

    /// <summary>Removes whatever is at a path: a file, a link (but not what it leads to), or a folder with its content.</summary>
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

    /// <summary>
    /// Copies a file, a folder with its content, or a link (but not what it leads to), to a path where nothing is. A pipe, a socket or a
    /// device has no content to copy: to open it may take for ever.
    /// </summary>
    /// <param name="from">What to copy.</param>
    /// <param name="to">The path.</param>
    /// <param name="leftOut">Gets the paths of pipes, sockets and devices.</param>
    /// <exception cref="IOException">It cannot be copied.</exception>
    public static void Copy(FileSystemInfo from, string to, ICollection<string> leftOut)
    {
        switch (from)
        {
            case { LinkTarget: { } target }:
                File.CreateSymbolicLink(to, target);
                break;
            case DirectoryInfo folder:
                Directory.CreateDirectory(to);
                foreach (var entry in folder.GetFileSystemInfos())
                {
                    Copy(entry, Path.Combine(to, entry.Name), leftOut);
                }

                break;
            case FileInfo file when FileKind.IsSpecial(file.FullName):
                leftOut.Add(file.FullName);
                break;
            case FileInfo file:
                file.CopyTo(to);
                break;
        }
    }

    /// <summary>Whether there is a file, and not a link to one, a pipe, a socket or a device.</summary>
    public static bool IsRegularFile(string path) => File.Exists(path) && !IsLink(path) && !FileKind.IsSpecial(path);

    public static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    /// <summary>Whether anything is there, also a link that leads nowhere.</summary>
    private static bool Exists(string path) => Path.Exists(path) || IsLink(path);
}
