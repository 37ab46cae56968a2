using System.Globalization;
using System.Text;

namespace LogMl.Host.Results;

/// <summary>A file that is there whole, as it was before or as it is now, whenever somebody looks.</summary>
internal static class AtomicFile
{
    /// <summary>Writes the file; its folder too, when somebody has deleted that.</summary>
    public static void Write(string path, string text)
    {
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
