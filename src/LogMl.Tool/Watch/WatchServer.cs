using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LogMl.Tool.Watch;

/// <summary>
/// The server of a watch, on 127.0.0.1 alone. It answers two addresses, both of which have the token in them. Whatever else it is asked, it
/// answers that there is nothing.
/// </summary>
internal sealed class WatchServer : IAsyncDisposable
{
    private const int MostConnections = 100;

    /// <summary>How long the end waits for the pages.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _ended = new();
    private readonly WatchToken _token = new();
    private readonly WatchedStudy _study;
    private readonly WebApplication _application;
    private CancellationToken _stopping;

    private WatchServer(WatchedStudy study, int? port)
    {
        _study = study;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Listen(IPAddress.Loopback, port ?? 0);
        });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Patience);
        _application = builder.Build();
        _application.Run(Answer);
    }

    /// <summary>The address of the page. It is a secret.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Starts the server.</summary>
    /// <param name="study">The study.</param>
    /// <param name="port">The port; null for one that is free.</param>
    /// <exception cref="ToolException">The port cannot be used.</exception>
    public static async Task<WatchServer> Start(WatchedStudy study, int? port)
    {
        var server = new WatchServer(study, port);
        try
        {
            await server._application.StartAsync();
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
        {
            await server.DisposeAsync();
            throw new ToolException(
                ToolErrors.Port, $"The port {port} of 127.0.0.1 cannot be used: {(exception.InnerException ?? exception).Message}");
        }

        server._stopping = server._application.Lifetime.ApplicationStopping;
        server.Address = $"{server._application.Urls.Single()}/{server._token.Text}/";
        return server;
    }

    /// <summary>Says to the pages that the search has ended, and stops when they have heard it.</summary>
    public async Task End()
    {
        await _ended.CancelAsync();
        await _study.WithoutPages(Patience);
        await _application.StopAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        _ended.Dispose();
    }

    private async Task Answer(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (request.Method != HttpMethods.Get || !IsOwnHost(request.Host) || PathOf(request) is not { } path)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping);
        try
        {
            await (path == "" ? SendPage(response, stop.Token) : SendEvents(context, stop.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The page is gone.
        }
    }

    private async Task SendPage(HttpResponse response, CancellationToken stop)
    {
        await _study.FirstLook.WaitAsync(stop);
        response.Headers.ContentSecurityPolicy = "frame-ancestors 'none'";
        response.Headers.XFrameOptions = "DENY";
        response.ContentType = "text/html; charset=utf-8";
        await response.WriteAsync(_study.Report.Page(), stop);
    }

    private Task SendEvents(HttpContext context, CancellationToken stop)
    {
        // A browser that connects again says what it has seen last.
        var version = context.Request.Headers["Last-Event-ID"].FirstOrDefault() ?? context.Request.Query["after"].FirstOrDefault();
        return new EventStream(_study, _ended.Token).Serve(context, version, stop);
    }

    /// <summary>
    /// Whether a request is for this machine by its own name. A page of another server, whose name leads here, has another one. The port
    /// may be that of a tunnel.
    /// </summary>
    private static bool IsOwnHost(HostString host) => host.Host is "127.0.0.1" or "localhost" or "[::1]";

    /// <summary>What stands behind the token; null when it is not the token, or nothing that there is.</summary>
    private string? PathOf(HttpRequest request)
    {
        var parts = (request.Path.Value ?? "").Split('/');
        return parts is ["", var token, var path] && _token.Is(token) && path is "" or "events" ? parts[2] : null;
    }

    /// <summary>The verb decides when the server ends, and the host of ASP.NET looks at no signal.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
