namespace LogMl.Host;

/// <summary>Paths as people read them.</summary>
internal static class ShownPath
{
    /// <summary>A path as seen from the project, when it lies below it.</summary>
    public static string Of(string path, string projectDirectory)
    {
        var relative = Path.GetRelativePath(projectDirectory, path);
        return relative == ".." || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path : relative;
    }
}
