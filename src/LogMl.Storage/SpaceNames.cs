using System.Text.Json;
using LogMl.Shared;

namespace LogMl.Storage;

/// <summary>The names of the parameters of the space with which a study was searched before, as its attribute has them.</summary>
internal sealed class SpaceNames
{
    private readonly HashSet<string> _all = new(StringComparer.Ordinal);
    private readonly HashSet<string> _always = new(StringComparer.Ordinal);

    private SpaceNames()
    {
    }

    /// <returns>Null when the attribute is something else.</returns>
    public static SpaceNames? Read(string json)
    {
        try
        {
            using var document = PythonJson.Parse(json, new JsonDocumentOptions { MaxDepth = 4000 });
            var names = new SpaceNames();
            names.Add(document.RootElement, isAlways: true);
            return names;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    public bool Contains(string name) => _all.Contains(name);

    /// <summary>Whether a trial has the parameters of this space: then it may be one of this library. Another program may have added one with others.</summary>
    public bool Fit(TrialRecord trial) =>
        trial.Parameters.All(value => _all.Contains(value.Key)) && _always.IsSubsetOf(trial.Parameters.Select(value => value.Key));

    private void Add(JsonElement space, bool isAlways)
    {
        foreach (var parameter in space.GetProperty("params").EnumerateArray())
        {
            var name = parameter.GetProperty("name").GetString()!;
            _all.Add(name);
            if (isAlways)
            {
                _always.Add(name);
            }

            if (parameter.TryGetProperty("options", out var options))
            {
                foreach (var option in options.EnumerateArray().Where(option => option.ValueKind == JsonValueKind.Object))
                {
                    Add(option, isAlways: false);
                }
            }
        }
    }
}
