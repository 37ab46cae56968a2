using System.Diagnostics;
using LogMl.Host.Results;
using LogMl.Shared;

namespace LogMl.Host.Telemetry;

/// <summary>Starts spans, and reads and writes the W3C trace context.</summary>
internal static class Spans
{
    /// <summary>The variables in which the program that started the host says which span it is in.</summary>
    private const string ParentVariable = "TRACEPARENT";
    private const string StateVariable = "TRACESTATE";

    /// <summary>The span that this process is in, as its environment says; the default when it says nothing, or nothing valid.</summary>
    public static ActivityContext OfEnvironment() =>
        ActivityContext.TryParse(
            Environment.GetEnvironmentVariable(ParentVariable), Environment.GetEnvironmentVariable(StateVariable), isRemote: true,
            out var parent)
            ? parent
            : default;

    /// <summary>
    /// Starts a span that does not become the current one: it may end on another thread, on which it would then stay current.
    /// </summary>
    /// <returns>Null when nobody traces it.</returns>
    public static Activity? Start(ActivitySource source, string name, ActivityContext parent, DateTimeOffset since = default)
    {
        var current = Activity.Current;
        var span = source.StartActivity(name, ActivityKind.Internal, parent, startTime: since);
        if (span is not null)
        {
            Activity.Current = current;
        }

        return span;
    }

    /// <summary>Says that what the span stands for has failed, and why; nothing when it has not.</summary>
    public static void Fail(Activity span, TrialFailure? failure)
    {
        if (failure is null)
        {
            return;
        }

        span.SetTag(TelemetryNames.Attributes.ErrorType, failure.ErrorType).SetStatus(ActivityStatusCode.Error, failure.Headline);
        if (failure.Exception.Length > 0)
        {
            span.AddEvent(new ActivityEvent(
                "exception",
                tags: new ActivityTagsCollection
                {
                    ["exception.type"] = failure.Exception,
                    ["exception.message"] = failure.Message,
                    ["exception.stacktrace"] = failure.Stack,
                }));
        }
    }

    /// <summary>The context as the text of a traceparent; null for the default.</summary>
    public static string? TraceParentOf(ActivityContext context) => context == default
        ? null
        : $"00-{context.TraceId.ToHexString()}-{context.SpanId.ToHexString()}-{(int)context.TraceFlags:x2}";
}
