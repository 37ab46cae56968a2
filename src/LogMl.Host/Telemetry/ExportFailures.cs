using System.Diagnostics.Tracing;

namespace LogMl.Host.Telemetry;

/// <summary>
/// Listens to what the libraries of OpenTelemetry say about themselves, which is the only way in which they report failures.
/// </summary>
internal sealed class ExportFailures(ExportWarning warning) : EventListener
{
    private const string Exporter = "OpenTelemetry-Exporter-OpenTelemetryProtocol";
    private const string Library = "OpenTelemetry-Sdk";

    /// <summary>The event of the library that says how many spans were dropped.</summary>
    private const string Dropped = "ExistsDroppedExportProcessorItems";

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name is Exporter or Library)
        {
            EnableEvents(eventSource, EventLevel.Warning);
        }
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventSource.Name == Exporter)
        {
            // The texts may have the endpoint, which may have a password. The message of an exception has at most its host.
            var exception = eventData.Payload?.OfType<string>()
                .FirstOrDefault(text => text.Contains("Exception:", StringComparison.Ordinal));
            warning.Show(exception is null ? $"the exporter reports {eventData.EventName}" : Message(exception));
        }
        else if (eventData.EventName == Dropped)
        {
            warning.Show(
                $"{eventData.Payload?[^1]} spans came faster than they could be sent; OTEL_BSP_MAX_QUEUE_SIZE makes the queue longer");
        }
    }

    /// <summary>The message of an exception that is written with its type and its stack.</summary>
    private static string Message(string exception)
    {
        var line = exception.AsSpan().TrimStart();
        line = line[..(line.IndexOfAny('\r', '\n') is >= 0 and var end ? end : line.Length)];
        return line[(line.IndexOf(": ", StringComparison.Ordinal) is >= 0 and var colon ? colon + 2 : 0)..].ToString();
    }
}
