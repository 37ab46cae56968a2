using System.Text.Json;

namespace LogMl.Tool.AskTell;

/// <summary>Reads the files of ask-tell's command line.</summary>
internal static class JsonFile
{
    /// <summary>The greatest depth of JSON. Each level of branches takes four levels of JSON.</summary>
    private const int MaxDepth = 4000;

    /// <summary>Reads the content of a file. Each error names the file.</summary>
    /// <exception cref="ToolException">The file cannot be read, is no JSON, or <paramref name="read"/> refuses it.</exception>
    public static T Read<T>(ToolConsole console, string path, string option, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(Path.Combine(console.Folder, path)),
                new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            return read(document.RootElement);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ToolErrors.AskTell, $"The file of {option} cannot be read: {exception.Message}");
        }
        catch (JsonException exception)
        {
            throw new ToolException(ToolErrors.AskTell, $"{path}: this is no JSON: {exception.Message}");
        }
        catch (FormatException exception)
        {
            throw new ToolException(ToolErrors.AskTell, $"{path}: {exception.Message}");
        }
    }
}
