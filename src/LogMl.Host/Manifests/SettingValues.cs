using System.Text.Json;
using LogMl.Shared;

namespace LogMl.Host.Manifests;

/// <summary>
/// The values of the keys of <c>hyper_parameter_optimization</c>: the override of the build, else the compiled value, else the default of
/// the key.
/// </summary>
/// <param name="compiled">The object in the manifest; null when the YAML has no such section.</param>
/// <param name="overrides">The overrides of the build by key. They must be valid.</param>
internal sealed class SettingValues(JsonElement? compiled, IReadOnlyDictionary<string, string> overrides)
{
    public bool Flag(string key) => Find(key) is true;

    public long? Integer(string key) => (long?)Find(key);

    public double? Number(string key) => (double?)Find(key);

    public string? Word(string key) => (string?)Find(key);

    public TimeSpan? Time(string key) => Number(key) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>The compiled value of a key with parts; null when it is not set.</summary>
    public JsonElement? Json(string key) =>
        compiled is { } json && json.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>Whether the build overrides a key with another value than the compiled one.</summary>
    public bool IsChanged(string key) => overrides.TryGetValue(key, out var text) && text != Json(key)?.GetString();

    private object? Find(string key)
    {
        var row = SearchKeys.Find(key);
        return overrides.TryGetValue(key, out var text) ? row.Rule!.Read(text)
            : Json(key) is { } json ? Compiled(json, row.Rule!.Kind)
            : row.Default is { } usual ? row.Rule!.Read(usual)
            : null;
    }

    private static object? Compiled(JsonElement json, OptionKind kind) => kind switch
    {
        OptionKind.Flag => json.GetBoolean(),
        OptionKind.Word => json.GetString(),
        OptionKind.Integer => (long)json.GetInt32(),
        OptionKind.Long or OptionKind.Memory => json.GetInt64(),
        _ => json.GetDouble(),
    };
}
