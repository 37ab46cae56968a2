using System.Text.Json.Nodes;
using LogMl.Shared.Requests;

namespace LogMl.Host.Packing;

/// <summary>
/// The deps.json with which a bundle starts the tool. The tool has ASP.NET Core for one verb, and takes libraries from there that are also
/// packages. A bundle starts it with the runtime alone, as the host, and with the host's copies of these libraries.
/// </summary>
internal static class ToolDependencies
{
    private const string Extension = ".deps.json";
    private const string File = "LogMl.Search" + Extension;

    /// <summary>Writes it beside those of host and tool, which it is put together from.</summary>
    public static void AddTo(BundleFolder bundle)
    {
        var (tool, host) = (Read(bundle, "LogMl.Tool"), Read(bundle, "LogMl.Host"));
        var target = (string)tool["runtimeTarget"]!["name"]!;
        AddMissing(tool["targets"]![target]!.AsObject(), host["targets"]![(string)host["runtimeTarget"]!["name"]!]!.AsObject());
        AddMissing(tool["libraries"]!.AsObject(), host["libraries"]!.AsObject());
        System.IO.File.WriteAllText(bundle.At(Path.Combine(BundleNames.Host, File)), tool.ToJsonString());
    }

    /// <summary>Adds the libraries of another list, by their names: <c>Npgsql/10.0.3</c> is Npgsql.</summary>
    private static void AddMissing(JsonObject libraries, JsonObject others)
    {
        var known = libraries.Select(library => NameOf(library.Key)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in others.Where(library => !known.Contains(NameOf(library.Key))))
        {
            libraries[key] = value?.DeepClone();
        }
    }

    private static string NameOf(string key) => key.Split('/')[0];

    private static JsonObject Read(BundleFolder bundle, string assembly) =>
        JsonNode.Parse(System.IO.File.ReadAllText(bundle.At(Path.Combine(BundleNames.Host, assembly + Extension))))!.AsObject();
}
