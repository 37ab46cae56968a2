namespace LogMl.Host;

/// <summary>Paths as people read them.</summary>
internal static class DisplayPath
{
    /// <summary>A path as seen from a folder, when it lies below it; else the whole path.</summary>
    public static string Of(string path, string directory)
    {
        var relative = Path.GetRelativePath(directory, path);
        return relative == ".." || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path : relative;
    }
}
