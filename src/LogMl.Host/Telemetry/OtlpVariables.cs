namespace LogMl.Host.Telemetry;

/// <summary>
/// What the standard variables of OpenTelemetry ask to export. Only the question whether is answered here, so that the libraries are loaded
/// only when there is something to export; they read the variables themselves.
/// </summary>
/// <param name="Traces">Whether to export traces.</param>
/// <param name="Metrics">Whether to export metrics.</param>
/// <param name="Problem">What is asked for and cannot be done; null when nothing is.</param>
internal sealed record OtlpVariables(bool Traces, bool Metrics, string? Problem)
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string Otlp = "otlp";
    private const string None = "none";

    /// <param name="variable">Returns a variable; null when it is not set.</param>
    public static OtlpVariables Read(Func<string, string?> variable)
    {
        string? problem = null;
        if (string.Equals(Value("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return new(false, false, null);
        }

        var (traces, metrics) = (IsExported("TRACES"), IsExported("METRICS"));
        return new(traces, metrics, problem);

        // An empty variable is one that is not set, OpenTelemetry says.
        string? Value(string name) => variable(name)?.Trim() is { Length: > 0 } value ? value : null;

        bool IsExported(string signal)
        {
            var (own, exporter) = ($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT", $"OTEL_{signal}_EXPORTER");
            var exporters = Value(exporter)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                ?? ((Value(own) ?? Value(Endpoint)) is null ? [] : [Otlp]);
            if (exporters.FirstOrDefault(name => name is not (Otlp or None)) is { } unknown)
            {
                problem ??= $"{exporter} asks for the exporter '{unknown}', and there are only '{Otlp}' and '{None}'";
            }

            if (!exporters.Contains(Otlp))
            {
                return false;
            }

            foreach (var name in (string[])[own, Endpoint])
            {
                // The value is not shown: it may have a password.
                if (Value(name) is { } place && !(Uri.TryCreate(place, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
                {
                    problem ??= $"{name} is no URL that begins with http:// or https://";
                    return false;
                }
            }

            foreach (var name in (string[])[$"OTEL_EXPORTER_OTLP_{signal}_PROTOCOL", Protocol])
            {
                if (Value(name) is { } protocol and not ("grpc" or "http/protobuf"))
                {
                    problem ??= $"{name} is '{protocol}', and there are only 'grpc' and 'http/protobuf'";
                    return false;
                }
            }

            return true;
        }
    }
}
