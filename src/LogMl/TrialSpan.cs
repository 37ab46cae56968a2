using System.Diagnostics;
using LogMl.Shared;

namespace LogMl;

/// <summary>
/// Puts the spans of user code into the trace of the host. What a step starts with an ActivitySource of its own is then in the span of its
/// trial. A worker exports nothing by itself.
/// </summary>
internal static class TrialSpan
{
    private static readonly ActivitySource Source = new(TelemetryNames.Source);

    /// <summary>Makes the trial the current activity, until what is returned is disposed.</summary>
    /// <param name="traceParent">The span of the host; null when nobody traces.</param>
    /// <param name="number">The number of the trial.</param>
    /// <returns>Null when nobody traces.</returns>
    public static Activity? Start(string? traceParent, int number)
    {
        if (traceParent is null || !ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent))
        {
            return null;
        }

        // When the user's process exports the source, the span is in the trace. Else it is only the link to the span of the host.
        var span = Source.StartActivity(TelemetryNames.Spans.Worker, ActivityKind.Internal, parent)
            ?? new Activity(TelemetryNames.Spans.Worker).SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags).Start();
        return span.SetTag(TelemetryNames.Attributes.Number, number);
    }
}
