using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LogMl.Host.Tests.Kit;
using LogMl.Shared;

namespace LogMl.Host.Tests.Telemetry;

/// <summary>Real searches that export to a receiver on this machine.</summary>
public sealed class TelemetryExportTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Span = "b7ad6b7169203331";
    private const string Secret = "hunter2";
    private const string Library = "OpenTelemetry.dll";

    [Fact]
    public void The_spans_of_a_search_arrive_below_that_of_the_build_and_the_user_code_is_in_them()
    {
        using var receiver = new OtlpReceiver();
        using var folder = new SearchFolder();
        using var host = folder.Start("span,0:wait_for=go,1:throw,2:give_up", ["--max-evals", "4"], [
            $"OTEL_EXPORTER_OTLP_ENDPOINT={receiver.Url}", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            $"OTEL_EXPORTER_OTLP_HEADERS=secret={Secret}", "OTEL_RESOURCE_ATTRIBUTES=team=vision",
            $"TRACEPARENT=00-{Trace}-{Span}-01",
        ]);
        HostProcess.WaitUntil(() => Loads(host, "LogMl.Storage.dll"), "the host runs");
        HostProcess.WaitUntil(() => Loads(host, Library), "the host loads the libraries");
        File.WriteAllText(Path.Combine(folder.Root, "go"), "");
        Assert.True(host.WaitForExit() == 0, host.Text);

        Assert.Equal("", host.Other);
        Assert.DoesNotContain(host.Events("warning"), fields => fields[0] == HostErrors.TelemetryNotExported);
        Assert.DoesNotContain(Secret, host.Text, StringComparison.Ordinal);
        Assert.All(receiver.Secrets, secret => Assert.Equal(Secret, secret));
        Assert.All(receiver.Resources, resource => Assert.Equal(("logml", "vision"), (resource["service.name"], resource["team"])));

        var spans = receiver.Spans;
        Assert.All(spans, span => Assert.Equal(Trace, span.Trace));
        var search = Assert.Single(spans, span => span.Parent == Span);
        Assert.Equal(TelemetryNames.Spans.Search, search.Name);
        Assert.Equal(("random", "4", "7"), (
            search.Attributes[TelemetryNames.Attributes.Algorithm], search.Attributes[TelemetryNames.Attributes.MaxEvals],
            search.Attributes[TelemetryNames.Attributes.Seed]));
        Assert.Equal(4, In(search, TelemetryNames.Spans.Ask).Length);
        var trials = In(search, TelemetryNames.Spans.Trial).OrderBy(NumberOf).ToArray();
        Assert.Equal(["complete", "failed", "pruned", "complete"], trials.Select(span => span.Attributes[TelemetryNames.Attributes.State]));
        var rows = folder.Rows();
        Assert.Equal(rows.Select(row => row["model_train.x"]), trials.Select(span => span.Attributes["logml.parameter.model_train.x"]));
        Assert.Equal(rows[0]["loss"], trials[0].Attributes["logml.objective.loss"]);

        // What failed says why, down to the step.
        var failed = Assert.Single(In(trials[1], TelemetryNames.Spans.Run));
        var step = Assert.Single(In(failed, "logml.step model_train"));
        Assert.All((SentSpan[])[trials[1], failed, step], span =>
        {
            Assert.Equal((2UL, "System.InvalidOperationException"), (span.Status, span.Attributes[TelemetryNames.Attributes.ErrorType]));
            Assert.Contains("The data are broken", span.Message, StringComparison.Ordinal);
            Assert.Equal(["exception"], span.Events);
        });
        Assert.DoesNotContain(spans.Except([trials[1], failed, step]), span => span.Status is not (null or 0));

        // The span of user code in the worker is in that of its run.
        var run = Assert.Single(In(trials[0], TelemetryNames.Spans.Run));
        Assert.Equal((Trace, run.Id), (rows[0]["user_attrs_trace"], rows[0]["user_attrs_parent"]));
        Assert.Equal(
            ["logml.step dataset_create", "logml.step model_evaluate", "logml.step model_train"],
            spans.Where(span => span.Parent == run.Id).Select(span => span.Name).Order(StringComparer.Ordinal));
        Assert.Single(In(trials[0], TelemetryNames.Spans.Store));
        Assert.Equal(
            [
                TelemetryNames.Metrics.Best, TelemetryNames.Metrics.Duration, TelemetryNames.Metrics.Failures,
                TelemetryNames.Metrics.Objective, TelemetryNames.Metrics.Running, TelemetryNames.Metrics.Waiting,
                TelemetryNames.Metrics.Trials,
            ],
            receiver.Metrics.Distinct().Order(StringComparer.Ordinal));

        SentSpan[] In(SentSpan parent, string name) => [.. spans.Where(span => span.Parent == parent.Id && span.Name == name)];

        static int NumberOf(SentSpan span) =>
            int.Parse(span.Attributes[TelemetryNames.Attributes.Number], CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Without_the_variables_no_library_is_loaded_and_user_code_is_in_no_span()
    {
        using var folder = new SearchFolder();
        using var host = folder.Start("span,wait_for=go", ["--max-evals", "1"]);
        HostProcess.WaitUntil(() => File.Exists(folder.Trial(0, "parameters.yaml")), "the trial runs");
        Assert.True(Loads(host, "LogMl.Storage.dll"));
        Assert.False(Loads(host, Library));
        File.WriteAllText(Path.Combine(folder.Root, "go"), "");
        Assert.True(host.WaitForExit() == 0, host.Text);
        Assert.Equal("", folder.Rows()[0]["user_attrs_trace"]);
    }

    [Fact]
    public void The_user_code_of_a_single_run_is_in_the_span_of_the_build()
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "span", environment: [$"TRACEPARENT=00-{Trace}-{Span}-01"], verb: "run");
        var log = Assert.Single(Directory.GetFiles(folder.Output, "stdout.log", SearchOption.AllDirectories));
        Assert.Contains($"in 00-{Trace}-{Span}-01\n", File.ReadAllText(log), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http/protobuf")]
    [InlineData("grpc")]
    public void An_endpoint_that_is_not_there_is_one_warning(string protocol)
    {
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "", ["--max-evals", "3"], [
            $"OTEL_EXPORTER_OTLP_ENDPOINT=http://me:{Secret}@127.0.0.1:{OtlpReceiver.FreePort()}",
            $"OTEL_EXPORTER_OTLP_HEADERS=secret={Secret}", $"OTEL_EXPORTER_OTLP_PROTOCOL={protocol}",
        ]);
        Assert.Equal(3, folder.Rows().Length);
        Assert.Contains("Connection refused", Warning(host), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, host.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endpoint_that_never_answers_is_one_warning_and_no_hang()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var folder = new SearchFolder();
        using var host = folder.Run(0, "", ["--max-evals", "3"], [
            $"OTEL_EXPORTER_OTLP_ENDPOINT=http://{silent.LocalEndpoint}", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            "OTEL_EXPORTER_OTLP_TIMEOUT=3600000",
        ]);
        Assert.Equal(3, folder.Rows().Length);
        Assert.Contains("did not take the rest within 5 s", Warning(host), StringComparison.Ordinal);
    }

    private static string Warning(HostProcess host) =>
        Assert.Single(host.Events("warning"), fields => fields[0] == HostErrors.TelemetryNotExported)[^1];

    private static bool Loads(HostProcess host, string library) =>
        File.ReadAllText($"/proc/{host.Id}/maps").Contains("/" + library, StringComparison.Ordinal);
}
