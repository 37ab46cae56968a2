using LogMl.Shared;
using LogMl.Storage.Databases;

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
            if (Obstacle(full) is { } obstacle)
            {
                throw new ToolException(ToolErrors.Output, $"'{path}' cannot be written: {obstacle} Name another file.");
            }

            WholeFile.Write(full, text);
            return full;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ToolErrors.Output, $"'{path}' cannot be written: {exception.Message}");
        }
    }

    /// <summary>
    /// Why a path is not that of a file to write; null when it is. Whoever has swapped two arguments, no study is written over.
    /// </summary>
    private static string? Obstacle(string path)
    {
        if (Directory.Exists(path))
        {
            return "It is a folder.";
        }

        if (Path.GetDirectoryName(path) is { } folder && !Directory.Exists(folder))
        {
            return $"There is no folder '{folder}'.";
        }

        return FreshFile.IsRegularFile(path) && SqliteFile.IsDatabase(path) ? "It is a database, which may have studies." : null;
    }
}
