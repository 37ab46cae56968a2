using LogMl.Shared;

namespace LogMl.Tool.Output;

/// <summary>Writes the file that a command line names, in one step.</summary>
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
        try
        {
            WholeFile.Write(full, text);
            return full;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ToolErrors.Output, $"'{path}' cannot be written: {exception.Message}");
        }
    }
}
