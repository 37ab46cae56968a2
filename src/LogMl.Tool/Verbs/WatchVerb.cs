using LogMl.Tool.Output;
using LogMl.Tool.Storages;
using LogMl.Tool.Watch;

namespace LogMl.Tool.Verbs;

/// <summary>The verb <c>watch</c>: the report of a search that runs, in a browser.</summary>
internal static class WatchVerb
{
    /// <param name="request">The study.</param>
    /// <param name="port">The port; null for one that is free.</param>
    /// <param name="untilEnd">Whether it ends with the search.</param>
    /// <param name="isJson">Whether the address is printed as JSON.</param>
    /// <param name="console">The console.</param>
    /// <exception cref="ToolException">Which study is not clear, its storage cannot be used, or the port cannot.</exception>
    public static int Run(StudyRequest request, int? port, bool untilEnd, bool isJson, ToolConsole console)
    {
        using var signals = new StopSignals();
        return Watch(new WatchedStudy(request, console), port, untilEnd, isJson, console, signals.Token).GetAwaiter().GetResult();
    }

    private static async Task<int> Watch(
        WatchedStudy watched, int? port, bool untilEnd, bool isJson, ToolConsole console, CancellationToken stop)
    {
        using var study = watched;
        study.Begin();
        await using var server = await WatchServer.Start(study, port);
        if (isJson)
        {
            JsonText.Print(console, json =>
            {
                json.WriteString("study", study.Name);
                json.WriteString("storage", study.Storage);
                json.WriteString("url", server.Address);
            });
        }
        else
        {
            console.Output.WriteLine(server.Address);
        }

        await console.Output.FlushAsync(CancellationToken.None);
        await study.Follow(untilEnd, stop);
        if (stop.IsCancellationRequested)
        {
            return ExitCodes.Cancelled;
        }

        await server.End();
        return ExitCodes.Done;
    }
}
