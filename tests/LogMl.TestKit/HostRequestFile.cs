using System.Globalization;
using System.Text.Json.Nodes;
using LogMl.Shared;

namespace LogMl.TestKit;

/// <summary>The request of a build that there was not, by which a test starts the host.</summary>
public static class HostRequestFile
{
    private static readonly string[] Numbers = ["parent_process", "lease", "max_trials", "max_seconds", "new_seed"];

    /// <summary>Writes a request.</summary>
    /// <param name="folder">Gets the file, under a name of its own: several hosts may begin at once.</param>
    /// <param name="words">
    /// The fields and the keys that are overridden, as one would type them: <c>--max-evals 5 --retry-failed</c>. The last of two counts.
    /// </param>
    /// <returns>The path of the file.</returns>
    public static string Write(string folder, params IReadOnlyList<string> words)
    {
        var request = new JsonObject();
        var overrides = new JsonObject();
        for (var i = 0; i < words.Count; i++)
        {
            var name = words[i].TrimStart('-').Replace('-', '_');
            var value = i + 1 < words.Count && !words[i + 1].StartsWith("--", StringComparison.Ordinal) ? words[++i] : null;
            if (Array.Exists(SearchKeys.Table, key => key.Name == name && key.Property is not null))
            {
                overrides[name] = value;
            }
            else
            {
                request[name] = name == "probing_paths" ? new JsonArray(value)
                    : Numbers.Contains(name) ? double.Parse(value!, CultureInfo.InvariantCulture)
                    : value ?? (JsonNode)true;
            }
        }

        request["overrides"] = overrides;
        var path = Path.Combine(folder, $"request-{Guid.NewGuid():N}.json");
        File.WriteAllText(path, request.ToJsonString());
        return path;
    }
}
