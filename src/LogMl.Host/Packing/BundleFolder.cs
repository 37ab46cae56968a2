namespace LogMl.Host.Packing;

/// <summary>The folder of a bundle that is being written.</summary>
/// <param name="path">Where it is.</param>
internal sealed class BundleFolder(string path)
{
    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <summary>The full path of a place in it.</summary>
    public string At(string place) => System.IO.Path.Combine(path, place);

    /// <summary>Adds all files of a folder.</summary>
    public void AddFolder(string folder, string place)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            AddFile(file, System.IO.Path.Combine(place, System.IO.Path.GetRelativePath(folder, file)));
        }
    }

    /// <summary>Adds a file. Where it is a link, what the link leads to: links lead nowhere on another machine.</summary>
    public void AddFile(string file, string place)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(place))!);
        File.Copy(File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file, At(place));
    }
}
