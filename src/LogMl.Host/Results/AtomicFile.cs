using System.Globalization;
using System.Text;

namespace LogMl.Host.Results;

/// <summary>A file that is there whole, as it was before or as it is now, whenever somebody looks.</summary>
internal static class AtomicFile
{
    /// <summary>Writes the file; its folder too, when somebody has deleted that.</summary>
    /// <exception cref="HostException">There is a folder in its place.</exception>
    public static void Write(string path, string text)
    {
        // What is in the folder may be somebody's work: nothing is removed. Of the system's own words, "access is denied", nobody would understand what is wrong.
        if (Directory.Exists(path) && !FreshFile.IsLink(path))
        {
            throw new HostException(HostErrors.Results, $"'{path}' is a folder, and a file of the results has this name. Move the folder away, or set HyperOptOutputPath or HyperOptStudy to another value.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        // Of two hosts with one folder each has a file of its own to move there.
        var temporary = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.tmp");
        using (var file = FreshFile.Create(temporary))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
        }

        // Of a link in its place, the link is replaced.
        File.Move(temporary, path, overwrite: true);
    }
}
