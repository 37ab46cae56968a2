using System.Globalization;
using System.Text;

namespace LogMl.Host.Results;

/// <summary>Replaces a file in one step: a reader sees the whole old text or the whole new one.</summary>
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

        // Each of several hosts with one folder writes a temporary file of its own.
        var temporary = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.tmp");
        using (var file = FreshFile.Create(temporary))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
        }

        // When there is a link in its place, the link is replaced, and not the file that it leads to.
        File.Move(temporary, path, overwrite: true);
    }
}
