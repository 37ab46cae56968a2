using System.Globalization;
using LogMl.Shared;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LogMl.Host.Telemetry;

/// <summary>
/// The export by OTLP. Endpoint, protocol, headers, sampler, name of the service and all else come from the standard variables, which the
/// libraries of OpenTelemetry read.
/// </summary>
internal sealed class OtlpExport : IDisposable
{
    /// <summary>How long the end of a search waits for the last spans and measurements to be sent.</summary>
    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(5);

    private readonly ExportWarning _warning;
    private readonly ExportFailures _failures;
    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    /// <param name="variables">What to export.</param>
    /// <param name="warning">Says that something cannot be exported.</param>
    public OtlpExport(OtlpVariables variables, ExportWarning warning)
    {
        _warning = warning;
        _failures = new ExportFailures(warning);
        if (variables.Traces)
        {
            _traces = Sdk.CreateTracerProviderBuilder().ConfigureResource(Describe)
                .AddSource(TelemetryNames.Source).AddOtlpExporter().Build();
        }

        if (variables.Metrics)
        {
            _metrics = Sdk.CreateMeterProviderBuilder().ConfigureResource(Describe)
                .AddMeter(TelemetryNames.Source).AddOtlpExporter().Build();
        }
    }

    /// <summary>Sends what has not been sent, within a limit of time.</summary>
    public void Dispose()
    {
        // The end of the process does not wait for the threads, so an endpoint that does not answer does not hold the host.
        Thread[] threads = [End(() => _traces?.Shutdown()), End(() => _metrics?.Shutdown())];
        var end = Environment.TickCount64 + (long)FlushLimit.TotalMilliseconds;
        var isDone = true;
        foreach (var thread in threads)
        {
            isDone &= thread.Join((int)Math.Max(0, end - Environment.TickCount64));
        }

        if (!isDone)
        {
            _warning.Show(string.Create(
                CultureInfo.InvariantCulture, $"the endpoint did not take the rest within {FlushLimit.TotalSeconds:0} s"));
        }

        _failures.Dispose();
    }

    /// <remarks>OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES come before what is said here.</remarks>
    private static void Describe(ResourceBuilder resource) =>
        resource.Clear().AddService("logml", serviceVersion: SearchTelemetry.Version).AddTelemetrySdk().AddEnvironmentVariableDetector();

    private static Thread End(Action shutdown)
    {
        var thread = new Thread(() => shutdown()) { Name = "Telemetry", IsBackground = true };
        thread.Start();
        return thread;
    }
}
