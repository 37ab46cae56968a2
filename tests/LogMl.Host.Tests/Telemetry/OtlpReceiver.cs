using System.Net;
using System.Net.Sockets;

namespace LogMl.Host.Tests.Telemetry;

/// <summary>A span as it was sent.</summary>
internal sealed record SentSpan(
    string Trace,
    string Id,
    string Parent,
    string Name,
    Dictionary<string, string> Attributes,
    ulong? Status,
    string Message,
    string[] Events);

/// <summary>Receives OTLP over HTTP in protobuf, as a collector does, on a port of 127.0.0.1.</summary>
internal sealed class OtlpReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Thread _thread;
    private readonly List<(string Path, string? Header, byte[] Body)> _requests = [];

    public OtlpReceiver()
    {
        // The port may be taken by another process between the two lines.
        for (var attempt = 0; ; attempt++)
        {
            Url = $"http://127.0.0.1:{FreePort()}";
            _listener.Prefixes.Clear();
            _listener.Prefixes.Add(Url + "/");
            try
            {
                _listener.Start();
                break;
            }
            catch (HttpListenerException) when (attempt < 10)
            {
            }
        }

        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>The endpoint.</summary>
    public string Url { get; }

    /// <summary>The resource of each request.</summary>
    public IReadOnlyList<Dictionary<string, string>> Resources =>
        [.. All().SelectMany(request => request.Messages(1)).Select(resource => resource.Message(1)!.Attributes(1))];

    /// <summary>The values of the header "secret" of each request.</summary>
    public IReadOnlyList<string?> Secrets
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests.Select(request => request.Header)];
            }
        }
    }

    /// <summary>The spans.</summary>
    public IReadOnlyList<SentSpan> Spans =>
    [
        .. from request in All("/v1/traces")
           from resource in request.Messages(1)
           from scope in resource.Messages(2)
           from span in scope.Messages(2)
           let status = span.Message(15)
           select new SentSpan(
               span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), span.Attributes(9), status?.Number(3), status?.Text(2) ?? "",
               [.. span.Messages(11).Select(sent => sent.Text(2))]),
    ];

    /// <summary>The names of the metrics.</summary>
    public IReadOnlyList<string> Metrics =>
    [
        .. from request in All("/v1/metrics")
           from resource in request.Messages(1)
           from scope in resource.Messages(2)
           from metric in scope.Messages(2)
           select metric.Text(1),
    ];

    /// <summary>A port of 127.0.0.1 at which nobody listens.</summary>
    public static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    public void Dispose() => _listener.Close();

    private ProtobufMessage[] All(string? path = null)
    {
        lock (_requests)
        {
            var requests = _requests.Where(request => path is null || request.Path == path);
            return [.. requests.Select(request => new ProtobufMessage(request.Body))];
        }
    }

    private void Serve()
    {
        try
        {
            while (true)
            {
                var context = _listener.GetContext();
                using var body = new MemoryStream();
                context.Request.InputStream.CopyTo(body);
                lock (_requests)
                {
                    _requests.Add((context.Request.Url!.AbsolutePath, context.Request.Headers["secret"], body.ToArray()));
                }

                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
