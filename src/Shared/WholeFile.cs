using System.Globalization;
using System.Text;

namespace LogMl.Shared;

/// <summary>Replaces a file in one step: a reader sees the whole old text or the whole new one. Compiled into host and tool.</summary>
internal static class WholeFile
{
    /// <summary>Writes the file, in UTF-8. When it cannot be written, nothing is left beside it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is not to be written.</exception>
    public static void Write(string path, string text)
    {
        // Each of several processes with one folder writes a temporary file of its own.
        var temporary = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.tmp");
        try
        {
            using (var file = FreshFile.Create(temporary))
            {
                file.Write(Encoding.UTF8.GetBytes(text));
            }

            // When there is a link in its place, the link is replaced, and not the file that it leads to.
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    private static void Remove(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The first error is the one that matters.
        }
    }
}
