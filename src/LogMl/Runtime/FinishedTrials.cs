using System.ComponentModel;

namespace LogMl.Runtime;

/// <summary>The trials that end in a search, for generated code. Not for use by hand.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FinishedTrials
{
    private readonly Func<Func<FinishedTrialRun, ValueTask>, ValueTask> _forEach;

    internal FinishedTrials(Func<Func<FinishedTrialRun, ValueTask>, ValueTask> forEach) => _forEach = forEach;

    /// <summary>Runs the step for each trial in the order in which they end, until the search is over.</summary>
    /// <param name="step">Runs the step. What it throws is reported, and the next trial follows.</param>
    public ValueTask ForEachAsync(Func<FinishedTrialRun, ValueTask> step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return _forEach(step);
    }
}
