using System.Diagnostics;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Shared;

namespace LogMl.Host.Telemetry;

/// <summary>The span of a trial. Disposing it ends the trial; without <see cref="End"/> before, its result does not count.</summary>
/// <param name="source">Makes the spans in it.</param>
/// <param name="span">The span.</param>
/// <param name="goals">The objectives.</param>
internal sealed class TrialTrace(ActivitySource source, Activity span, Goals goals) : IDisposable
{
    private FinishedTrial? _ended;

    /// <summary>Records that the trial, or one of its folds, starts in a worker.</summary>
    /// <param name="fold">The number of the fold; null for the whole trial.</param>
    /// <returns>Its span; null when it is not traced.</returns>
    public RunTrace? Run(int? fold = null)
    {
        var run = Spans.Start(source, TelemetryNames.Spans.Run, span.Context);
        if (fold is not null)
        {
            run?.SetTag(TelemetryNames.Attributes.Fold, fold);
        }

        return run is null ? null : new RunTrace(source, run);
    }

    /// <summary>Records that the result is being stored, until what is returned is disposed.</summary>
    public IDisposable? Store() => Spans.Start(source, TelemetryNames.Spans.Store, span.Context);

    /// <summary>Receives the trial as it is stored; null when it does not count.</summary>
    public void End(FinishedTrial? trial) => _ended = trial;

    public void Dispose()
    {
        span.SetTag(TelemetryNames.Attributes.State, _ended?.State ?? TelemetryNames.Discarded);
        if (_ended is { } trial)
        {
            span.SetTag(TelemetryNames.Attributes.Number, trial.Number);
            foreach (var objective in goals.Objectives)
            {
                if (trial.Score(objective.Name) is { } value)
                {
                    span.SetTag(TelemetryNames.Attributes.ObjectiveValue + objective.Name, value);
                }
            }

            Spans.Fail(span, trial.Failure);
        }

        span.Stop();
    }
}
