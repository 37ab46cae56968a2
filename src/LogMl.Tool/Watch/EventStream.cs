using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace LogMl.Tool.Watch;

/// <summary>Sends a page what changes, as server-sent events. Each event with data of the study has its version as its id.</summary>
/// <param name="study">The study.</param>
/// <param name="ended">Is cancelled when the search has ended and the watch with it.</param>
internal sealed class EventStream(WatchedStudy study, CancellationToken ended)
{
    /// <summary>A page that hears nothing for a minute takes the connection for lost.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    /// <summary>Serves a page until it goes, or the server stops.</summary>
    /// <param name="context">The request.</param>
    /// <param name="version">The version of the report that the page has; null when it is not known.</param>
    /// <param name="stop">Ends the call.</param>
    public async Task Serve(HttpContext context, string? version, CancellationToken stop)
    {
        context.Response.ContentType = "text/event-stream";
        study.Enter();
        try
        {
            string? problem = null;
            await Send(context, "beat", id: null, "{}", stop);
            while (!stop.IsCancellationRequested)
            {
                var next = study.Changes.Next;
                foreach (var update in study.Report.Since(version))
                {
                    version = update.Version;
                    await Send(context, update.Kind, version, update.Json, stop);
                }

                var present = study.Problem;
                if (present != problem)
                {
                    problem = present;
                    await Send(context, "problem", id: null, JsonSerializer.Serialize(problem ?? "", TextJson.Default.String), stop);
                }

                if (ended.IsCancellationRequested)
                {
                    await Send(context, "end", id: null, "{}", stop);
                    return;
                }

                using var wait = CancellationTokenSource.CreateLinkedTokenSource(stop, ended);
                if (await Task.WhenAny(next, Task.Delay(Beat, wait.Token)) != next && !wait.IsCancellationRequested)
                {
                    await Send(context, "beat", id: null, "{}", stop);
                }

                await wait.CancelAsync();
            }
        }
        finally
        {
            study.Leave();
        }
    }

    private static async Task Send(HttpContext context, string kind, string? id, string json, CancellationToken stop)
    {
        var head = $"event: {kind}\n{(id is null ? "" : $"id: {id}\n")}data: ";
        await context.Response.WriteAsync(head + json + "\n\n", Encoding.UTF8, stop);
        await context.Response.Body.FlushAsync(stop);
    }
}
