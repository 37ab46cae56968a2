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
            events.Message($"Earlier results, which are not of this study, are now in {Shown(store.MovedTo)}");
        }

        var settings = Settings(manifest, options, store.Seed);
        var inputs = InputFingerprint.Take(manifest, options, store.Inputs);
        using var study = store.OpenStudy(settings, manifest.Space, inputs);
        events.Started(manifest.Name, settings.MaxEvals, settings.Algorithm, settings.Seed, folder.Path);
        var isComplete = study.Finished >= settings.MaxEvals || study.Study.CheckStopping() is not null;
        if (store.Elsewhere is { } elsewhere)
        {
            events.Message($"{manifest.Name}: the study '{study.Name}' is stored in {elsewhere}");
        }

        foreach (var note in manifest.Notes)
        {
            events.Message($"{manifest.Name}: {note}");
        }

        TellChanges(study, store.Inputs, inputs);
        var others = new OtherPrograms(events, study);
        others.Tell();
        if (!isComplete)
        {
            TellResumed(manifest, settings, study, store);
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
        others.Tell();
        RequireResult(study, store.Storage, record, stop);
        var test = stop.Reason == StopReason.None && manifest.FinalRun && record.Files.HasPen
            ? new FinalRun(events, team, manifest, store.Storage, study).Run(settings.Seed, folder)
            : null;
        if (loop.Begun == 0 && stop.Reason == StopReason.None)
        {
            events.Message(SearchSummary.NothingRun(manifest.Name, study.Finished, settings.MaxEvals, loop.End));
        }

        Summarize(manifest, study, store, record, test, SearchSummary.Early(stop.Reason, loop.End), elapsed.Elapsed);
        return stop.Reason == StopReason.Cancelled ? ExitCodes.Cancelled : ExitCodes.Done;
    }

    /// <summary>Says that the search goes on, and what it searches with when that is different from before.</summary>
    private void TellResumed(Manifest manifest, SearchSettings settings, StoredStudy study, StudyStore store)
    {
        if (study.Finished == 0)
        {
            return;
        }

        var algorithm = settings.StudyOptions().Sampler.AlgorithmId;
        var before = study.Attributes.TryGetValue(StoredStudy.AlgorithmKey, out var json) && json.Trim('"') != algorithm ? $", now with {algorithm} instead of {json.Trim('"')}" : "";
        var seed = store.Seed is { } earlier && earlier != settings.Seed ? string.Create(CultureInfo.InvariantCulture, $", now with seed {settings.Seed} instead of {earlier}") : "";
        events.Message(string.Create(CultureInfo.InvariantCulture, $"{manifest.Name}: goes on after {SearchSummary.Counted(study.Finished, "finished trial")}{before}{seed}"));
    }

    /// <summary>Says what the finished trials were not computed from; of a complete study too, so that nobody takes its best trial for one of the new code.</summary>
    private void TellChanges(StoredStudy study, InputFingerprint? last, InputFingerprint inputs)
    {
        if (study.Finished > 0 && last is not null && inputs.ChangesSince(last) is { Count: > 0 } changes)
        {
            events.Warning(
                HostErrors.InputsChanged,
                SourcePlace.Unknown,
                $"Since the last trials of this study there are changes: {InputFingerprint.Describe(changes)}. {SearchSummary.Counted(study.Finished, "finished trial")} from before count all the same. If they should not, begin anew with -t:HyperOptClean, or set HyperOptStudy to another name.");
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

    private void Summarize(Manifest manifest, StoredStudy study, StudyStore store, SearchRecord record, IReadOnlyDictionary<string, double>? test, string early, TimeSpan elapsed)
    {
        foreach (var line in SearchSummary.Lines(manifest, study, test, record.Ended, early, elapsed))
        {
            events.Summary(line);
        }

        if (OtherPrograms.Running(study) is { } running)
        {
            events.Summary($"     {running}");
        }

        events.Summary($"{manifest.Name} -> {Shown(record.Folder.Path)}{Path.DirectorySeparatorChar}{string.Join(", ", Results(study, store, test))}");
        events.Output(record.Folder.TrialsCsv);
        events.Output(record.Folder.Trials);
        if (study.Best is not null)
        {
            events.Output(record.Folder.BestYaml);
        }
    }

    private static IEnumerable<string> Results(StoredStudy study, StudyStore store, IReadOnlyDictionary<string, double>? test)
    {
        if (study.Best is not null)
        {
            yield return "best.yaml";
        }

        if (test is not null)
        {
            yield return "best" + Path.DirectorySeparatorChar;
        }

        yield return "trials.csv";
        yield return "trials" + Path.DirectorySeparatorChar;
        if (store.Elsewhere is null)
        {
            yield return "study.db";
        }
    }

    private string Shown(string path) => ShownPath.Of(path, options.ProjectDirectory);
}
