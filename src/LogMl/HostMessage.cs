using System.Text.Json;

namespace LogMl;

/// <summary>What the host asks a worker to run.</summary>
/// <param name="Number">The trial's number; -1 outside of a search.</param>
/// <param name="IsFull">Whether the test set is scored too, and the model saved.</param>
/// <param name="Seed">The trial's seed.</param>
/// <param name="StudySeed">The study's seed.</param>
/// <param name="Directory">The trial's folder.</param>
/// <param name="Parameters">The values by name.</param>
internal sealed record TrialRequest(int Number, bool IsFull, long Seed, long StudySeed, string Directory, ParameterValues Parameters);

/// <summary>Reads the messages of the host (docs/architecture.md, seam 3).</summary>
internal static class HostMessage
{
    /// <summary>The trial to run, or null for "stop".</summary>
    public static TrialRequest? Read(ReadOnlyMemory<byte> line)
    {
        using var message = JsonDocument.Parse(line);
        var root = message.RootElement;
        return root.GetProperty("type").ValueEquals("stop") ? null : ReadTrial(root);
    }

    private static TrialRequest ReadTrial(JsonElement root)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var parameter in root.GetProperty("parameters").EnumerateObject())
        {
            values.Add(parameter.Name, parameter.Value.GetDouble());
        }

        return new TrialRequest(
            root.GetProperty("number").GetInt32(),
            root.GetProperty("kind").ValueEquals("full"),
            root.GetProperty("seed").GetInt64(),
            root.GetProperty("study_seed").GetInt64(),
            root.GetProperty("directory").GetString()!,
            new ParameterValues(values));
    }
}
