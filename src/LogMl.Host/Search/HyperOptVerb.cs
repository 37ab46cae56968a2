using System.Diagnostics;
using System.Globalization;
using LogMl.Host.Inputs;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Optimization;
using LogMl.Storage;

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
    private static SearchSettings Settings(Manifest manifest, HostOptions options, long? storedSeed)
    {
        try
        {
            return SearchSettings.Of(manifest, options, storedSeed);
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

        // What is wrong with the settings is told before anything is made.
        Settings(manifest, options, storedSeed: 0);
        using var folder = StudyFolder.Of(options.Output, options.Study);
        using var store = StudyStore.Open(options, events, folder, stop.Token);
        if (store.MovedTo is not null)
        {
            events.Message($"The results of an earlier search, which left no study, are now in {Shown(store.MovedTo)}");
        }

        var settings = Settings(manifest, options, store.Seed);
        var inputs = InputFingerprint.Take(manifest, options, store.Inputs);
        using var study = store.OpenStudy(settings, manifest.Space, inputs);
        events.Started(manifest.Name, settings.MaxEvals, settings.Algorithm, settings.Seed, folder.Path);
        var isComplete = study.Finished >= settings.MaxEvals || study.Study.CheckStopping() is not null;
        if (!isComplete)
        {
            TellResumed(manifest, settings, study, store, inputs);
            store.Note(study, inputs);
        }

        using var record = new SearchRecord(events, manifest, folder, settings, store.Storage, study);
        if (settings.Timeout is { } limit)
        {
            stop.StopAfter(limit);
        }

        var loop = new TrialLoop(settings, study, record, team, stop);
        loop.Run(worker, settings.Workers);
        record.Files.Complete();
        RequireResult(study, store.Storage, record, stop);
        var test = stop.Reason == StopReason.None && manifest.FinalRun && record.Files.HasPen
            ? new FinalRun(events, team, manifest, store.Storage, study).Run(settings.Seed, folder)
            : null;
        if (loop.Begun == 0 && stop.Reason == StopReason.None)
        {
            var why = SearchSummary.Early(stop.Reason, loop.End);
            events.Message(string.Create(
                CultureInfo.InvariantCulture,
                $"{manifest.Name}: nothing was run, the study is complete: it has {study.Finished} trials{(why.Length > 0 ? why : $", and max_evals is {settings.MaxEvals}")}. {(why.Length > 0 ? "" : "Raise max_evals to go on, or begin anew with -t:HyperOptClean.")}").TrimEnd());
        }

        Summarize(manifest, study, record, test, SearchSummary.Early(stop.Reason, loop.End), elapsed.Elapsed);
        return stop.Reason == StopReason.Cancelled ? ExitCodes.Cancelled : ExitCodes.Done;
    }

    /// <summary>Says with what the search goes on, and what is different from before.</summary>
    private void TellResumed(Manifest manifest, SearchSettings settings, StoredStudy study, StudyStore store, InputFingerprint inputs)
    {
        if (study.Finished == 0)
        {
            return;
        }

        var algorithm = settings.StudyOptions().Sampler.AlgorithmId;
        var before = study.Attributes.TryGetValue(StoredStudy.AlgorithmKey, out var json) && json.Trim('"') != algorithm ? $", now with {algorithm} instead of {json.Trim('"')}" : "";
        var seed = store.Seed is { } earlier && earlier != settings.Seed ? string.Create(CultureInfo.InvariantCulture, $", now with seed {settings.Seed} instead of {earlier}") : "";
        events.Message(string.Create(CultureInfo.InvariantCulture, $"{manifest.Name}: goes on after {study.Finished} finished trials{before}{seed}"));
        if (store.Inputs is { } last && inputs.ChangesSince(last) is { Count: > 0 } changes)
        {
            events.Warning(
                HostErrors.InputsChanged,
                SourcePlace.Unknown,
                string.Create(CultureInfo.InvariantCulture, $"Since the last trials of this study there are changes: {InputFingerprint.Describe(changes)}. Its {study.Finished} finished trials count all the same. Begin anew with -t:HyperOptClean, or set HyperOptStudy to another name, if they should not."));
        }
    }

    private void RequireResult(StoredStudy study, IStudyStorage storage, SearchRecord record, StopSignal stop)
    {
        if (study.Best is not null || stop.Reason == StopReason.Cancelled)
        {
            return;
        }

        var pruned = study.Study.Trials.Count(trial => trial.State == TrialState.Pruned);
        var failed = study.Study.Trials.Count(trial => trial.State == TrialState.Failed);
        if (failed == 0)
        {
            if (pruned > 0)
            {
                throw new HostException(HostErrors.AllTrialsPruned, $"No trial was complete: {pruned} trials were given up before their end. Give the pruner more patience: 'pruner' below hyper_parameter_optimization.");
            }

            throw new HostException(HostErrors.NoTrialInTime, "The time was over before the first trial was complete. Raise HyperOptTimeout, or timeout in the YAML, or make a trial shorter.");
        }

        var all = pruned > 0
            ? $"No trial was complete: {failed} failed, and {pruned} were pruned"
            : failed == 1 ? "The only trial failed" : $"All {failed} trials failed";
        var first = record.FirstFailure ?? TrialNotes.Read(storage, study.Id).First(trial => trial.End == TrialEnd.Failed);
        var failure = first.Failure!;
        throw new HostException(
            HostErrors.AllTrialsFailed, $"{all}. The first was trial {first.Number}: {failure.Summary} (see {Shown(Path.Combine(record.Folder.Path, "trials", $"{first.Number}"))})")
        {
            Place = SourcePlace.OfStack(failure.Stack),
        };
    }

    private void Summarize(Manifest manifest, StoredStudy study, SearchRecord record, IReadOnlyDictionary<string, double>? test, string early, TimeSpan elapsed)
    {
        foreach (var line in SearchSummary.Lines(manifest, study, test, record.Ended, early, elapsed))
        {
            events.Summary(line);
        }

        events.Summary(study.Best is null
            ? $"{manifest.Name} -> {Shown(record.Folder.TrialsCsv)}"
            : $"{manifest.Name} -> {Shown(record.Folder.BestYaml)}, {(test is null ? "" : $"best{Path.DirectorySeparatorChar}, ")}trials.csv, trials{Path.DirectorySeparatorChar}");
        events.Output(record.Folder.TrialsCsv);
        events.Output(record.Folder.Trials);
        if (study.Best is not null)
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
