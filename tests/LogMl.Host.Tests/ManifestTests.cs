using System.Text.Json;
using LogMl.Host.Manifests;

namespace LogMl.Host.Tests;

/// <summary>A manifest that the compiler would not write: of another version, or damaged.</summary>
public sealed class ManifestTests
{
    [Theory]
    [InlineData("""{ "name": "a", "dist": "uniform", "args": [-1.7e308, 1.7e308] }""", "{}", "high - low must be a finite number")]
    [InlineData("""{ "name": "a", "dist": "loguniform", "args": [-800, 0] }""", "{}", "within ±709")]
    [InlineData("""{ "name": "a", "dist": "quniform", "args": [0, 1e17, 1] }""", "{}", "within ±2^53 * q")]
    [InlineData("""{ "name": "a", "dist": "uniform", "args": [0, 1] }""", """{ "model_train": { "a": 1, "a": 2 } }""", "same key")]
    public void What_the_engine_does_not_take_is_one_error_with_a_code(string parameter, string defaults, string reason)
    {
        using var json = JsonDocument.Parse(
            $$"""{ "format": 2, "name": "M", "optimization": null, "final_run": false, "space": { "params": [{{parameter}}] }, "defaults": {{defaults}} }""");

        var error = Assert.Throws<HostException>(() => Manifest.Read(json.RootElement));

        Assert.Equal(HostErrors.Manifest, error.Code);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
