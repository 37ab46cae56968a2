using LogMl.Shared.Requests;

namespace LogMl.Host.Packing;

/// <summary>
/// Where the declared data are in a bundle. Steps find them from the folder of the project, in which trials run. So the bundle has the
/// part of the tree that holds the project and its data, and a file beside the project stays beside it.
/// </summary>
/// <param name="ProjectFolder">The folder in which trials run, relative to the bundle.</param>
/// <param name="Files">Each file with its place in the bundle.</param>
/// <param name="LeftOut">The files that have nothing in common with the project but the root of the disk.</param>
internal sealed record DataLayout(string ProjectFolder, IReadOnlyList<(string File, string Place)> Files, IReadOnlyList<string> LeftOut)
{
    /// <summary>The layout for a project.</summary>
    /// <param name="project">The folder of the project.</param>
    /// <param name="data">The absolute paths of the declared files.</param>
    public static DataLayout Of(string project, IReadOnlyList<string> data)
    {
        var leftOut = data.Where(file => Common(project, file) is null).ToArray();
        var kept = data.Except(leftOut).ToArray();
        var root = kept.Aggregate(project, (common, file) => Common(common, file) ?? common);
        return new DataLayout(
            Path.Combine(BundleNames.Files, Relative(root, project)),
            [.. kept.Select(file => (file, Path.Combine(BundleNames.Files, Relative(root, file))))],
            leftOut);
    }

    /// <summary>The deepest folder that holds both; null when that is the root of the disk, or there is none.</summary>
    private static string? Common(string folder, string file)
    {
        for (var common = folder; Path.GetDirectoryName(common) is { } above; common = above)
        {
            if (file.StartsWith(common + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                return common;
            }
        }

        return null;
    }

    private static string Relative(string root, string path) => root == path ? "" : Path.GetRelativePath(root, path);
}
