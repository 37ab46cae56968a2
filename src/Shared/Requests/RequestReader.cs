using System.Text.Json;

namespace LogMl.Shared.Requests;

/// <summary>
/// Reads the fields of a request from a JSON object. A field that is missing or of another kind is a <see cref="FormatException"/>.
/// </summary>
/// <param name="json">The object.</param>
/// <param name="folder">The folder that relative paths are relative to; null when all paths are to be absolute.</param>
internal sealed class RequestReader(JsonElement json, string? folder = null) : RequestFields
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>Throws when the object has a field that was not read.</summary>
    public void RequireNoOther()
    {
        foreach (var name in json.EnumerateObject().Select(field => field.Name).Where(name => !_asked.Contains(name)))
        {
            var advice = NearestName.Find(name, _asked) is { } nearest ? $"; did you mean '{nearest}'?" : ".";
            throw new FormatException($"The field '{name}' is unknown{advice}");
        }
    }

    public override string Text(string name, string? value) => Field(name) is { } field ? TextOf(name, field) : throw Missing(name);

    public override string? TextOrNull(string name, string? value) => Field(name) is { } field ? TextOf(name, field) : null;

    public override string Path(string name, string? value) => PathOrNull(name, value) ?? throw Missing(name);

    public override string? PathOrNull(string name, string? value) => Field(name) is { } field ? PathOf(name, field) : null;

    public override IReadOnlyList<string> Paths(string name, IReadOnlyList<string>? values) => Field(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(path => PathOf(name, path))],
        { } other => throw Wrong(name, "a list of absolute paths", other),
    };

    public override bool Flag(string name, bool? value) => Field(name) switch
    {
        null => false,
        { ValueKind: JsonValueKind.True or JsonValueKind.False } flag => flag.GetBoolean(),
        { } other => throw Wrong(name, "true or false", other),
    };

    public override double? NumberOrNull(string name, double? value) => Field(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number when number.GetDouble() > 0 => number.GetDouble(),
        { } other => throw Wrong(name, "a number above 0", other),
    };

    public override IReadOnlyDictionary<string, string> Texts(
        string name, IReadOnlyDictionary<string, string>? values) => Field(name) switch
    {
        null => new Dictionary<string, string>(),
        { ValueKind: JsonValueKind.Object } texts =>
            texts.EnumerateObject().ToDictionary(text => text.Name, text => TextOf(text.Name, text.Value), StringComparer.Ordinal),
        { } other => throw Wrong(name, "an object of texts", other),
    };

    private string PathOf(string name, JsonElement field)
    {
        var path = TextOf(name, field);
        return System.IO.Path.IsPathFullyQualified(path) ? path
            : folder is not null ? System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, path))
            : throw Wrong(name, "an absolute path", field);
    }

    private static string TextOf(string name, JsonElement field) =>
        field.ValueKind == JsonValueKind.String ? field.GetString()! : throw Wrong(name, "a text", field);

    private static FormatException Missing(string name) => new($"The field '{name}' is missing.");

    private static FormatException Wrong(string name, string expected, JsonElement field) =>
        new($"The field '{name}' must be {expected}, not {JsonWords.Describe(field)}.");

    private JsonElement? Field(string name)
    {
        _asked.Add(name);
        return json.TryGetProperty(name, out var field) ? field : null;
    }
}
