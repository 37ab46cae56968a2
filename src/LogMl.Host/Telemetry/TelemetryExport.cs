using System.Runtime.CompilerServices;

namespace LogMl.Host.Telemetry;

/// <summary>
/// Exports the telemetry when the standard variables of OpenTelemetry say so. It never fails a search, and at its end waits for a bounded
/// time only. What goes wrong is one warning.
/// </summary>
internal static class TelemetryExport
{
    /// <summary>Starts the export.</summary>
    /// <param name="events">Receives the warning.</param>
    /// <returns>Disposing it ends the export. Null when nothing is to be exported.</returns>
    public static IDisposable? Start(HostEvents events)
    {
        var variables = OtlpVariables.Read(Environment.GetEnvironmentVariable);
        var warning = new ExportWarning(events);
        if (variables.Problem is { } problem)
        {
            warning.Show(problem);
        }

        return variables.Traces || variables.Metrics ? Start(variables, warning) : null;
    }

    /// <remarks>The libraries of OpenTelemetry are loaded when the compiler sees the method, and take a third of a second.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static OtlpExport? Start(OtlpVariables variables, ExportWarning warning)
    {
        try
        {
            return new OtlpExport(variables, warning);
        }
        catch (Exception exception)
        {
            warning.Show(exception.Message);
            return null;
        }
    }
}
