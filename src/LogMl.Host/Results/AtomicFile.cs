using LogMl.Shared;

namespace LogMl.Host.Results;

/// <summary>Writes a file of the results in one step.</summary>
internal static class AtomicFile
{
    /// <summary>Writes the file. Its folder is created when somebody has deleted it.</summary>
    /// <exception cref="HostException">A folder has the file's name.</exception>
    public static void Write(string path, string text)
    {
        // The folder may be somebody's work, so it is not removed. The system's own message, "access is denied", would not say what is
        // wrong.
        if (Directory.Exists(path) && !FreshFile.IsLink(path))
        {
            throw new HostException(
                HostErrors.Results,
                $"'{path}' is a folder, and a file of the results has this name. Move the folder away, or set HyperOptOutputPath or "
                + "HyperOptStudy to another value.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        WholeFile.Write(path, text);
    }
}
