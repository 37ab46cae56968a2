using System.Text.Json.Nodes;
using LogMl.Shared;

namespace LogMl;

/// <summary>Files that a step keeps with its trial.</summary>
public static class TrialArtifacts
{
    /// <summary>The name of the folder, and of the user attribute that lists what is in it.</summary>
    internal const string Attribute = "artifacts";

    /// <summary>
    /// Copies a file or a folder into the folder <c>artifacts</c> of the trial's folder:
    /// <c>trial.SaveArtifact("roc.png")</c>. The user attribute <c>artifacts</c> of the trial lists what is there, in trials.csv the column
    /// <c>user_attrs_artifacts</c>.
    /// </summary>
    /// <param name="trial">The trial.</param>
    /// <param name="path">
    /// The file or folder; a relative path is that of the process, which a search starts in the project's folder. An earlier artifact with
    /// the same name is replaced.
    /// </param>
    /// <returns>The absolute path of the copy.</returns>
    /// <exception cref="ArgumentException">The path has no name, as that of a whole drive.</exception>
    /// <exception cref="IOException">There is no such file or folder, or it cannot be copied.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be copied.</exception>
    public static string SaveArtifact(this ITrial trial, string path)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var source = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var name = Path.GetFileName(source);
        if (name.Length == 0)
        {
            throw new ArgumentException($"'{path}' has no name.", nameof(path));
        }

        var folder = Directory.CreateDirectory(Path.Combine(trial.Directory, Attribute)).FullName;
        var copy = Path.Combine(folder, name);
        if (source != copy)
        {
            Replace(source, copy);
        }

        trial.SetAttribute(Attribute, new JsonArray([.. Directory.GetFileSystemEntries(folder)
            .Select(entry => Path.GetFileName(entry))
            .Order(StringComparer.Ordinal)
            .Select(entry => JsonValue.Create(entry))]));
        return copy;
    }

    private static void Replace(string source, string copy)
    {
        if (!Directory.Exists(source))
        {
            RequireContent(source);
            File.Copy(source, copy, overwrite: true);
            return;
        }

        // The list is complete before anything is written, because the copy may be inside of the source.
        var files = Directory.GetFiles(source, "*", SearchOption.AllDirectories);
        Array.ForEach(files, RequireContent);
        if (Directory.Exists(copy))
        {
            Directory.Delete(copy, recursive: true);
        }

        Directory.CreateDirectory(copy);
        foreach (var file in files)
        {
            var target = Path.Combine(copy, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <exception cref="IOException">It is a pipe, a socket or a device: to read it may take for ever.</exception>
    private static void RequireContent(string path)
    {
        if (FileKind.IsSpecial(path))
        {
            throw new IOException($"'{path}' is a pipe, a socket or a device, and cannot be kept with the trial.");
        }
    }
}
