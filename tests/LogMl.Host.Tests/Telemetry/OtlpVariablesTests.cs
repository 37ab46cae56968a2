using LogMl.Host.Telemetry;

namespace LogMl.Host.Tests.Telemetry;

/// <summary>Which of the standard variables of OpenTelemetry switch the export on.</summary>
public sealed class OtlpVariablesTests
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318";

    [Theory]
    [InlineData("", false, false)]
    [InlineData("OTEL_SERVICE_NAME=x OTEL_RESOURCE_ATTRIBUTES=a=b", false, false)]
    [InlineData(Endpoint, true, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=", false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=https://host/v1/traces", true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=https://host/v1/metrics", false, true)]
    [InlineData("OTEL_TRACES_EXPORTER=otlp", true, false)]
    [InlineData("OTEL_METRICS_EXPORTER=none,otlp", false, true)]
    [InlineData(Endpoint + " OTEL_TRACES_EXPORTER=none", false, true)]
    [InlineData(Endpoint + " OTEL_METRICS_EXPORTER=none", true, false)]
    [InlineData(Endpoint + " OTEL_SDK_DISABLED=True", false, false)]
    [InlineData(Endpoint + " OTEL_SDK_DISABLED=no", true, true)]
    [InlineData(Endpoint + " OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf OTEL_EXPORTER_OTLP_METRICS_PROTOCOL=grpc", true, true)]
    public void They_say_what_is_exported(string variables, bool traces, bool metrics) =>
        Assert.Equal(new OtlpVariables(traces, metrics, null), Read(variables));

    [Theory]
    [InlineData(Endpoint + " OTEL_TRACES_EXPORTER=zipkin", false, true, "OTEL_TRACES_EXPORTER asks for the exporter 'zipkin'")]
    [InlineData(Endpoint + " OTEL_METRICS_EXPORTER=otlp,console", true, true, "OTEL_METRICS_EXPORTER asks for the exporter 'console'")]
    [InlineData(Endpoint + " OTEL_EXPORTER_OTLP_PROTOCOL=http/json", false, false, "OTEL_EXPORTER_OTLP_PROTOCOL is 'http/json'")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=me:hunter2@host:4318", false, false, "OTEL_EXPORTER_OTLP_ENDPOINT is no URL")]
    [InlineData(Endpoint + " OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=ftp://h", false, true, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is no URL")]
    public void What_cannot_be_done_is_said_without_a_secret(string variables, bool traces, bool metrics, string problem)
    {
        var read = Read(variables);
        Assert.Equal((traces, metrics), (read.Traces, read.Metrics));
        Assert.StartsWith(problem, read.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", read.Problem, StringComparison.Ordinal);
    }

    private static OtlpVariables Read(string variables)
    {
        var set = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('=', 2))
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
        return OtlpVariables.Read(set.GetValueOrDefault);
    }
}
