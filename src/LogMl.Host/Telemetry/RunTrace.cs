using System.Diagnostics;
using LogMl.Host.Results;
using LogMl.Shared;

namespace LogMl.Host.Telemetry;

/// <summary>The span of a run in a worker, with a span for each step. A step ends when the next one begins, or with the run.</summary>
/// <param name="source">Makes the spans in it.</param>
/// <param name="span">The span.</param>
internal sealed class RunTrace(ActivitySource source, Activity span) : IDisposable
{
    private Activity? _step;

    /// <summary>The span as a traceparent, for the worker.</summary>
    public string? TraceParent => span.Id;

    /// <summary>Records that a step begins. One thread at a time may call it.</summary>
    public void Enter(string step)
    {
        _step?.Stop();
        _step = Spans.Start(source, $"{TelemetryNames.Spans.Step} {step}", span.Context)?.SetTag(TelemetryNames.Attributes.Step, step);
    }

    /// <summary>Records why the run has failed; null when it has not.</summary>
    public void End(TrialFailure? failure)
    {
        if (_step is not null && failure?.Step == (string?)_step.GetTagItem(TelemetryNames.Attributes.Step))
        {
            Spans.Fail(_step, failure);
        }

        Spans.Fail(span, failure);
    }

    public void Dispose()
    {
        _step?.Stop();
        span.Stop();
    }
}
