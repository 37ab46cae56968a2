using System.Text.Json;
using LogMl.Host.Results;
using LogMl.Host.Telemetry;

namespace LogMl.Host.Search;

/// <summary>What one worker runs of a trial: the whole trial, or one fold.</summary>
/// <param name="trial">The trial.</param>
/// <param name="fold">The number of the fold; null for the whole trial.</param>
/// <param name="folder">The folder for its output.</param>
internal sealed class TrialPart(ActiveTrial trial, int? fold, TrialFolder folder) : IDisposable
{
    private readonly CancellationTokenSource _abandoned = new();

    public ActiveTrial Trial => trial;

    public int? Fold => fold;

    public TrialFolder Folder => folder;

    /// <summary>Is cancelled when the outcome is of no use any more.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    /// <summary>The attributes that a fold has set. They become those of the trial when the fold counts.</summary>
    public OrderedDictionary<string, JsonElement> Attributes { get; } = new(StringComparer.Ordinal);

    /// <summary>The step that it is in; null before the first.</summary>
    public string? Step { get; set; }

    /// <summary>Its span; null when nobody traces.</summary>
    public RunTrace? Trace { get; set; }

    /// <summary>Ends it early. Its worker goes on with something else.</summary>
    public void Abandon() => _abandoned.Cancel();

    public void Dispose()
    {
        Trace?.Dispose();
        _abandoned.Dispose();
    }
}
