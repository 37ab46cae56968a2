using System.Text.Json;

namespace LogMl.Host.AskTell;

/// <summary>Reads the files of ask-tell's command line.</summary>
internal static class JsonFile
{
    /// <summary>The greatest depth of JSON. Each level of branches takes four levels of JSON.</summary>
    private const int MaxDepth = 4000;

    /// <summary>Reads the content of a file. Each error names the file.</summary>
    /// <exception cref="HostException">The file cannot be read, is no JSON, or <paramref name="read"/> refuses it.</exception>
    public static T Read<T>(string path, string option, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            return read(document.RootElement);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HostException(HostErrors.Usage, $"The file of {option} cannot be read: {exception.Message}");
        }
        catch (JsonException exception)
        {
            throw new HostException(HostErrors.Usage, $"{path}: this is no JSON: {exception.Message}");
        }
        catch (FormatException exception)
        {
            throw new HostException(HostErrors.Usage, $"{path}: {exception.Message}");
        }
    }
}
