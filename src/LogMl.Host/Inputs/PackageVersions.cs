using System.Text.Json;

namespace LogMl.Host.Inputs;

/// <summary>Reads the packages of a deps.json.</summary>
internal static class PackageVersions
{
    /// <summary>Versions by the name of the package. None when the file cannot be read: a worker that needs it reports that.</summary>
    public static IReadOnlyDictionary<string, string> Read(string depsFile)
    {
        var versions = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(depsFile));
            foreach (var library in json.RootElement.GetProperty("libraries").EnumerateObject())
            {
                if (library.Value.GetProperty("type").ValueEquals("package") && library.Name.Split('/') is [var name, var version])
                {
                    versions[name] = version;
                }
            }
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            versions.Clear();
        }

        return versions;
    }
}
