using System.Text.Json;

namespace LogMl.Host.Inputs;

/// <summary>The fingerprint of files that are not there: a bundle has what was built from them, and knows their hashes.</summary>
internal static class PackedInputs
{
    /// <summary>The property of bundle.json with the fingerprint.</summary>
    public const string Property = "inputs";

    /// <summary>Reads the fingerprint.</summary>
    /// <param name="bundle">The file bundle.json.</param>
    /// <exception cref="HostException">The file cannot be read, or has none.</exception>
    public static InputFingerprint Read(string bundle)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(bundle));
            return InputFingerprint.Parse(json.RootElement.GetProperty(Property).GetRawText());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException
            or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new HostException(
                HostErrors.Inputs, $"The inputs of the bundle cannot be read from '{bundle}': {exception.Message} Pack it again.");
        }
    }
}
