using System.Globalization;
using System.Text;

namespace LogMl.Tool.Output;

/// <summary>Writes a file in one step: a reader sees the whole old text or the whole new one.</summary>
internal static class OutputFile
{
    /// <summary>Writes the file.</summary>
    /// <param name="console">Its folder is where the path begins.</param>
    /// <param name="path">The path.</param>
    /// <param name="text">The text.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="ToolException">It cannot be written.</exception>
    public static string Write(ToolConsole console, string path, string text)
    {
        var full = Path.GetFullPath(Path.Combine(console.Folder, path));
        var temporary = string.Create(CultureInfo.InvariantCulture, $"{full}.{Environment.ProcessId}.tmp");
        try
        {
            File.WriteAllText(temporary, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(temporary, full, overwrite: true);
            return full;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Remove(temporary);
            throw new ToolException(ToolErrors.Output, $"'{path}' cannot be written: {exception.Message}");
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
