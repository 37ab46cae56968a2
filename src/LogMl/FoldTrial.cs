using System.Text.Json.Nodes;

namespace LogMl;

/// <summary>
/// The trial as the steps of one fold see it. Its folds are the reports of a cross-validated trial, so that what a step reports is dropped.
/// </summary>
internal sealed class FoldTrial(ITrial trial) : ITrial
{
    public int Number => trial.Number;

    public long Seed => trial.Seed;

    public string Directory => trial.Directory;

    public string? Device => trial.Device;

    public CancellationToken CancellationToken => trial.CancellationToken;

    public void Report(double value, int step) => ArgumentOutOfRangeException.ThrowIfNegative(step);

    public void SetAttribute(string name, JsonNode? value) => trial.SetAttribute(name, value);

    public bool ShouldPrune() => false;

    public void ThrowIfPruned()
    {
    }
}
