using System.Text;

namespace LogMl.Tool.Kubernetes;

/// <summary>
/// The folder that the manifests are written to. They are there to be edited, so that no file that is there already is replaced.
/// </summary>
internal sealed class ManifestFolder
{
    private readonly string _shown;
    private readonly string _path;

    /// <summary>The folder.</summary>
    /// <param name="console">Its folder is where the path begins.</param>
    /// <param name="shown">The path.</param>
    /// <param name="bundle">The folder of the bundle, which becomes the context of the image.</param>
    /// <exception cref="ToolException">It is in the bundle.</exception>
    public ManifestFolder(ToolConsole console, string shown, string bundle)
    {
        _shown = shown;
        _path = Path.GetFullPath(Path.Combine(console.Folder, shown));
        var relative = Path.GetRelativePath(bundle, _path);
        if (relative == "." || !(relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative)))
        {
            throw new ToolException(
                ToolErrors.Usage, $"--output is '{shown}', which is in the bundle. The password of the database would get into the image.");
        }
    }

    /// <summary>Writes files, all of them or none that is there already.</summary>
    /// <param name="files">Name, text, and whether the file is for its owner alone.</param>
    /// <exception cref="ToolException">One is there already, or cannot be written.</exception>
    public void Write(IReadOnlyList<(string Name, string Text, bool IsSecret)> files)
    {
        if (files.FirstOrDefault(file => Path.Exists(At(file.Name))).Name is { } there)
        {
            throw new ToolException(
                ToolErrors.Output,
                $"'{Path.Combine(_shown, there)}' is there already, and may have been edited. Delete it, or name another folder: "
                + "--output.");
        }

        try
        {
            Directory.CreateDirectory(_path);
            foreach (var (name, text, isSecret) in files)
            {
                var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
                if (isSecret && !OperatingSystem.IsWindows())
                {
                    options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                }

                using var file = new FileStream(At(name), options);
                file.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ToolErrors.Output, $"'{_shown}' cannot be written: {exception.Message}");
        }
    }

    private string At(string name) => Path.Combine(_path, name);
}
