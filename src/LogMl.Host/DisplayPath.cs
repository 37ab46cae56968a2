namespace LogMl.Host;

/// <summary>Formats paths for messages.</summary>
internal static class DisplayPath
{
    /// <summary>The path relative to a folder when it lies below the folder; else the whole path.</summary>
    public static string Of(string path, string directory)
    {
        var relative = Path.GetRelativePath(directory, path);
        return relative == ".." || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path : relative;
    }
}
