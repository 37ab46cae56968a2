using System.Globalization;
using LogMl.Tool.Storages;

namespace LogMl.Tool.Workers;

/// <summary>
/// The folder of a worker for the logs and files of its trials. Each worker has its own, so that workers of many machines with one present
/// folder have nothing in common but the database.
/// </summary>
internal static class ResultsPlace
{
    /// <summary>Finds the folder, and makes it.</summary>
    /// <param name="named">The folder that the call names; null for one below the present folder.</param>
    /// <param name="place">Where the scheduler has started the worker. A worker that it starts again gets the same folder.</param>
    /// <param name="console">Learns when the present folder cannot be written.</param>
    /// <exception cref="ToolException">The named folder cannot be written.</exception>
    public static string Make(string? named, SchedulerPlace place, ToolConsole console)
    {
        if (named is not null)
        {
            var path = Path.GetFullPath(Path.Combine(console.Folder, named));
            return TryMake(path) is { } problem
                ? throw new ToolException(ToolErrors.Output, $"The folder '{named}' (--results) cannot be written: {problem}")
                : path;
        }

        var usual = Path.Combine(console.Folder, StorageFinder.ResultsFolder, NameOf(place));
        if (TryMake(usual) is not { } reason)
        {
            return usual;
        }

        var temporary = Directory.CreateTempSubdirectory("logml-worker-").FullName;
        console.Say($"The present folder cannot be written ({reason}), so that logs and files of trials are in '{temporary}'.");
        return temporary;
    }

    private static string NameOf(SchedulerPlace place)
    {
        var name = place.Slot?.Split(',')[0]
            ?? string.Create(CultureInfo.InvariantCulture, $"{place.Node ?? Environment.MachineName}-{Environment.ProcessId}");
        return "worker-" + string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' ? c : '-'));
    }

    /// <summary>Makes the folder, and writes into it. Returns why that does not work; null when it does.</summary>
    private static string? TryMake(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var trial = Path.Combine(folder, $".{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}");
            File.WriteAllText(trial, "");
            File.Delete(trial);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }
}
