using System.Diagnostics;
using System.Globalization;
using LogMl.Shared;
using LogMl.Shared.Requests;
using LogMl.Storage.Locations;
using LogMl.Tool.Storages;
using LogMl.Tool.Workers;

namespace LogMl.Tool.Verbs;

/// <summary>The verb <c>worker</c>: one command line for all that starts workers (docs/many-machines.md).</summary>
internal static class WorkerVerb
{
    /// <returns>One of <see cref="WorkerExitCodes"/>, or the exit code of a host that was killed.</returns>
    /// <exception cref="ToolException">An option is wrong, or there is no bundle or no storage.</exception>
    public static int Run(WorkerOptions options, ToolConsole console)
    {
        var started = Stopwatch.StartNew();
        var seconds = Check(options);
        var bundle = Bundle.Find(console, options.Bundle);
        var storageFile = NamedStorage.FileOf(console, options.StorageFile) is { } file ? Path.GetFullPath(file) : null;

        // Without a name, each worker would begin a study of its own. The host reads it again, and says there what others could read.
        _ = NamedStorage.Find(console.Variable(NamedLocation.Variable), storageFile, NamedStorage.FileOption, _ => { })
            ?? throw NoStorage();
        var place = SchedulerPlace.Of(console.Variable);
        if (options.Devices is { } list)
        {
            place = place with { Devices = JoinTerms.DevicesOf(list) };
        }

        var results = ResultsPlace.Make(options.Results, place, console);
        var request = bundle.RequestFor(results);
        Announce(bundle, options, place, results, console);
        return new HostRun(bundle, request with
        {
            ShellDirectory = console.Folder,
            StorageFile = storageFile,
            Overrides = new Dictionary<string, string>(request.Overrides)
            {
                ["workers"] = options.Workers.ToString(CultureInfo.InvariantCulture),
            },
            ParentProcess = Environment.ProcessId,
            Joining = new JoinTerms
            {
                MaxTrials = options.MaxTrials,
                MaxSeconds = seconds is { } limit ? Math.Max(limit - started.Elapsed.TotalSeconds, double.Epsilon) : null,
                AllowsOtherCode = options.AllowsOtherCode,
                Node = place.Node,
                Slot = place.Slot,
                Devices = place.Devices,
            },
        }, console).Run(options.EndsWithInput);
    }

    /// <summary>The exit code for an error before the host runs.</summary>
    public static int ExitCodeOf(ToolException exception) => exception.Code switch
    {
        ToolErrors.Usage or ToolErrors.Bundle or ToolErrors.Location => WorkerExitCodes.Usage,
        _ => WorkerExitCodes.Failed,
    };

    /// <summary>The error when nothing names the storage.</summary>
    public static ToolException NoStorage() => new(
        ToolErrors.Location,
        $"Nothing says where the study is stored. Set the environment variable {NamedLocation.Variable}, or name a file with the location "
        + "of the database: --storage-file.");

    /// <summary>Checks the values of the options.</summary>
    /// <returns>The seconds after which the worker ends; null for no limit.</returns>
    private static double? Check(WorkerOptions options)
    {
        WorkerOptionChecks.RequireNumber("--workers", options.Workers, 1, WorkerOptions.MostWorkers);
        if (options.MaxTrials < 1)
        {
            throw new ToolException(ToolErrors.Usage, "--max-trials must be a number from 1.");
        }

        return WorkerOptionChecks.ReadMaxTime(options.MaxTime);
    }

    private static void Announce(Bundle bundle, WorkerOptions options, SchedulerPlace place, string results, ToolConsole console)
    {
        var slot = place.Slot is { } name ? $" ({name})" : "";
        var many = options.Workers == 1
            ? "one trial at a time"
            : string.Create(CultureInfo.InvariantCulture, $"{options.Workers} trials at a time");
        console.Say($"Worker of the study '{bundle.Study}' on {place.Node ?? Environment.MachineName}{slot}: {many}; logs in '{results}'");
        if (place.Devices.Count > 0)
        {
            var shared = options.Workers > place.Devices.Count ? ", which several trials share at a time" : "";
            console.Say($"GPUs, in turn: {string.Join(", ", place.Devices)}{shared}");
        }
    }
}
