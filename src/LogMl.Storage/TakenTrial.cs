using LogMl.Optimization;
using LogMl.Shared;
using LogMl.Storage.Encoding;

namespace LogMl.Storage;

/// <summary>A finished trial that a new study takes over from another one.</summary>
/// <param name="study">The name of the other study.</param>
/// <param name="number">The number of the trial there.</param>
/// <param name="trial">The trial.</param>
/// <param name="record">The trial as it is stored.</param>
/// <param name="constraints">The values of its constraints in the new study; none unless it is complete.</param>
/// <param name="point">Its point in the space of the new study.</param>
/// <param name="notes">All its user attributes: JSON by key.</param>
internal sealed class TakenTrial(
    string study, int number, TrialView trial, TrialRecord record, IReadOnlyList<double> constraints,
    IReadOnlyDictionary<string, double> point, IReadOnlyDictionary<string, string> notes)
{
    /// <summary>Its point in the space of the new study.</summary>
    public IReadOnlyDictionary<string, double> Point => point;

    /// <summary>The trial as the new study stores it.</summary>
    public FinishedRecord Encode(PointEncoding points) => new(
        trial.State == TrialState.Complete ? StoredState.Complete : StoredState.Pruned, points.Write(point))
    {
        Started = record.Started,
        Completed = record.Completed,
        Values = record.Values,
        Constraints = constraints,
        Reports = record.Reports,
        Attributes = new Dictionary<string, string>(points.WithFixed(notes, point), StringComparer.Ordinal)
        {
            [TakenTrials.Key] = ReadableJson.Write(json =>
            {
                json.WriteStartObject();
                json.WriteString("study", study);
                json.WriteNumber("trial", number);
                json.WriteEndObject();
            }),
        },
    };
}
