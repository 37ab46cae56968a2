using System.Text.Json;
using LogMl.Runtime;

namespace LogMl;

/// <summary>What the host asks a worker to run.</summary>
/// <param name="Number">The trial's number; -1 outside of a search.</param>
/// <param name="IsFull">Whether the test set is scored too, and the model saved.</param>
/// <param name="Seed">The trial's seed.</param>
/// <param name="StudySeed">The study's seed.</param>
/// <param name="Directory">The trial's folder, which need not be there yet.</param>
/// <param name="Parameters">The values by name.</param>
/// <param name="IsPrunable">Whether the host answers each report with a decision.</param>
internal sealed record TrialRequest(int Number, bool IsFull, long Seed, long StudySeed, string Directory, ParameterValues Parameters, bool IsPrunable) : HostMessage;

/// <summary>The answer to a report.</summary>
/// <param name="Number">The trial's number.</param>
/// <param name="Prune">Whether the trial is given up.</param>
internal sealed record PruningDecision(int Number, bool Prune) : HostMessage;

/// <summary>The trial is cancelled, and the process lives on.</summary>
/// <param name="Number">The trial's number.</param>
internal sealed record CancelRequest(int Number) : HostMessage;

/// <summary>The trial that runs is cancelled, and the process ends.</summary>
internal sealed record StopRequest : HostMessage;

/// <summary>Reads the messages of the host (docs/architecture.md, seam 3).</summary>
internal abstract record HostMessage
{
    public static HostMessage Read(ReadOnlyMemory<byte> line)
    {
        using var message = JsonDocument.Parse(line);
        var root = message.RootElement;
        return root.GetProperty("type").GetString() switch
        {
            "stop" => new StopRequest(),
            "cancel" => new CancelRequest(root.GetProperty("number").GetInt32()),
            "decision" => new PruningDecision(root.GetProperty("number").GetInt32(), root.GetProperty("prune").GetBoolean()),
            _ => ReadTrial(root),
        };
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
            new ParameterValues(values),
            root.TryGetProperty("prune", out var prune) && prune.GetBoolean());
    }
}
