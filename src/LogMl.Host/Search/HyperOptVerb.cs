using System.Diagnostics;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Host.Workers;
using LogMl.Optimization;

namespace LogMl.Host.Search;

/// <summary>The verb <c>hyperopt</c>: searches, then runs the workflow once more with the best parameters.</summary>
internal sealed class HyperOptVerb(HostOptions options, HostEvents events)
{
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="HostException">The search ends with an error.</exception>
    public int Run()
    {
        using var stop = new StopSignal(options);
        using var team = new WorkerTeam(options, stop.Token);
        try
        {
            return Search(stop, team);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Cancelled;
        }
    }

    /// <exception cref="HostException">The settings of the assembly are not those that the compiler lets through.</exception>
    private static SearchSettings Settings(Manifest manifest, HostOptions options)
    {
        try
        {
            return SearchSettings.Of(manifest, options);
        }
        catch (FormatException exception)
        {
            throw new HostException(HostErrors.Manifest, $"The settings of the assembly cannot be used: {exception.Message} Rebuild the project with the version of LogMl.Sdk that is installed.");
        }
    }

    private int Search(StopSignal stop, WorkerTeam team)
    {
        var elapsed = Stopwatch.StartNew();
        var worker = team.Launch(0);
        var manifest = Manifest.Read(worker.Manifest);
        var settings = Settings(manifest, options);
        using var folder = StudyFolder.Create(options.Output, options.Study, out var movedTo);
        if (movedTo is not null)
        {
            events.Message($"The results of the earlier search are now in {Shown(movedTo)}");
        }

        events.Started(manifest.Name, settings.MaxEvals, settings.Algorithm, settings.Seed, folder.Path);
        var study = settings.CreateStudy(manifest.Space);
        using var record = new SearchRecord(events, manifest, folder, settings);
        if (settings.Timeout is { } limit)
        {
            stop.StopAfter(limit);
        }

        var loop = new TrialLoop(settings, study, record, team, stop);
        loop.Run(worker, settings.Workers);
        RequireResult(study, record, stop);
        var final = stop.Reason == StopReason.None && manifest.FinalRun
            ? new FinalRun(events, team, manifest).Run(study.BestTrial!, settings.Seed, folder)
            : null;
        Summarize(manifest, study, record, final, SearchSummary.Early(stop.Reason, loop.End), elapsed.Elapsed);
        return stop.Reason == StopReason.Cancelled ? ExitCodes.Cancelled : ExitCodes.Done;
    }

    private void RequireResult(Study study, SearchRecord record, StopSignal stop)
    {
        if (study.BestTrial is not null || stop.Reason == StopReason.Cancelled)
        {
            return;
        }

        if (record.FirstFailure is not { Failure: { } failure } first)
        {
            if (record.Pruned > 0)
            {
                throw new HostException(HostErrors.AllTrialsPruned, $"No trial was complete: {record.Pruned} trials were given up before their end. Give the pruner more patience: 'pruner' below hyper_parameter_optimization.");
            }

            throw new HostException(HostErrors.NoTrialInTime, "The time was over before the first trial was complete. Raise HyperOptTimeout, or timeout in the YAML, or make a trial shorter.");
        }

        var all = record.Pruned > 0
            ? $"No trial was complete: {record.Failed} failed, and {record.Pruned} were pruned"
            : record.Failed == 1 ? "The only trial failed" : $"All {record.Failed} trials failed";
        throw new HostException(
            HostErrors.AllTrialsFailed, $"{all}. The first was trial {first.Number}: {failure.Summary} (see {Shown(Path.Combine(record.Folder.Path, "trials", $"{first.Number}"))})")
        {
            Place = SourcePlace.OfStack(failure.Stack),
        };
    }

    private void Summarize(Manifest manifest, Study study, SearchRecord record, TrialOutcome.Completed? final, string early, TimeSpan elapsed)
    {
        foreach (var line in SearchSummary.Lines(manifest, study, record, final, early, elapsed))
        {
            events.Summary(line);
        }

        events.Summary(study.BestTrial is null
            ? $"{manifest.Name} -> {Shown(record.Folder.TrialsCsv)}"
            : $"{manifest.Name} -> {Shown(record.Folder.BestYaml)}, {(final is null ? "" : $"best{Path.DirectorySeparatorChar}, ")}trials.csv, trials{Path.DirectorySeparatorChar}");
        events.Output(record.Folder.TrialsCsv);
        events.Output(record.Folder.Trials);
        if (study.BestTrial is not null)
        {
            events.Output(record.Folder.BestYaml);
        }
    }

    /// <summary>A path as seen from the project, when it lies below it.</summary>
    private string Shown(string path)
    {
        var relative = Path.GetRelativePath(options.ProjectDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
