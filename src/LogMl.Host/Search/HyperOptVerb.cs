using System.Diagnostics;
using LogMl.Host.Gating;
using LogMl.Host.Inputs;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Host.Telemetry;
using LogMl.Host.Workers;
using LogMl.Optimization;
using LogMl.Shared.Requests;
using LogMl.Shared.Wire;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>The verb <c>hyperopt</c>: searches, and then runs the workflow once more with the best parameters.</summary>
internal sealed class HyperOptVerb(HostRequest request, HostEvents events)
{
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="HostException">The search ends with an error.</exception>
    public int Run()
    {
        // The export ends before what it exports.
        using var telemetry = new SearchTelemetry(request.Study, Spans.OfEnvironment());
        using var export = TelemetryExport.Start(events);
        return telemetry.Trace(() => Run(telemetry));
    }

    private int Run(SearchTelemetry telemetry)
    {
        using var stop = new StopSignal(request);
        if (request.Joining?.MaxSeconds is { } seconds)
        {
            // The scheduler's clock runs from the start, also while the database does not answer.
            stop.StopAfter(TimeSpan.FromSeconds(seconds));
        }

        using var team = new WorkerTeam(request, stop.Token);
        try
        {
            return Search(stop, team, telemetry);
        }
        catch (OperationCanceledException)
        {
            if (request.Joining is null)
            {
                return ExitCodes.Cancelled;
            }

            var isTimeOver = stop.Reason == StopReason.Timeout;
            var why = isTimeOver ? "The time of this worker was over" : "This worker was asked to end";
            events.Summary($"{why} before it had run a trial.");
            return isTimeOver ? ExitCodes.Done : ExitCodes.Cancelled;
        }
    }

    /// <exception cref="HostException">The settings of the assembly are invalid, which the compiler should have refused.</exception>
    private static SearchSettings Settings(Manifest manifest, HostRequest request, long? storedSeed)
    {
        try
        {
            return SearchSettings.Of(manifest, request, storedSeed);
        }
        catch (FormatException exception)
        {
            throw new HostException(
                HostErrors.Manifest,
                $"The settings of the assembly cannot be used: {exception.Message} Rebuild the project with the version of LogMl.Sdk that "
                + "is installed.");
        }
    }

    private int Search(StopSignal stop, WorkerTeam team, SearchTelemetry telemetry)
    {
        var elapsed = Stopwatch.StartNew();
        var worker = team.Launch(0);
        var manifest = Manifest.Read(worker.Manifest, request.Overrides);

        // Invalid settings are reported before anything is created.
        Settings(manifest, request, storedSeed: 0);
        var gate = Gate.Of(request, manifest.Goals);
        using var folder = StudyFolder.Of(request.Output, request.Study);
        using var store = stop.Open(() => StudyStore.Open(request, events, folder, stop.Token));
        var settings = Settings(manifest, request, store.Seed);
        store.ReadSource(settings, manifest);
        var inputs = InputFingerprint.Take(manifest, request, settings.Seed, store.Inputs, store.FixedNames(manifest));
        store.RequireSameCode(inputs);
        var otherProject = store.RequireProject(inputs, folder);
        store.TakeFolder(folder);
        if (store.MovedTo is not null)
        {
            events.Message($"Earlier results, which are not of this study, are now in {DisplayPathOf(store.MovedTo)}");
        }

        var check = new ConstraintCheck(events, manifest, request.Assembly);
        StoredStudy Open() => check.With(ref worker, Replace, answering =>
        {
            check.Use(answering);
            return OpenStudy(store, settings, manifest, inputs, check.Constraints);
        });
        StoredStudy opened;
        try
        {
            opened = Open();
        }
        catch (StudyBegunException)
        {
            // Another host has begun the study at the same moment. Its seed is the study's, and belongs to the inputs.
            store.ReadBegun();
            settings = Settings(manifest, request, store.Seed);
            inputs = InputFingerprint.Take(manifest, request, settings.Seed, store.Inputs, store.FixedNames(manifest));
            store.RequireSameCode(inputs);
            opened = Open();
        }

        using var study = opened;
        var source = TakenTrials.Of(study.Attributes);

        // The trials of another study come on top of those that this one is to have.
        settings = settings with { MaxEvals = settings.MaxEvals + (source?.Trials ?? 0) };
        var isRepeating = study.WaitingRepetitions > 0;
        if (isRepeating)
        {
            // Repetitions may be of any trial of the study, also when this call wants fewer evaluations than an earlier one.
            settings = settings with { MaxEvals = Math.Max(settings.MaxEvals, study.Evaluations) };
        }

        var trialInputs = store.InputsOf(study, inputs);
        events.Send(new HostEvent.Started(manifest.Name, settings.MaxEvals, settings.Algorithm, settings.Seed, folder.Path));
        var isComplete = !isRepeating && (study.Finished >= settings.MaxEvals || study.CheckStopping() is not null);
        var start = new StartMessages(events, request, manifest, settings, study, store);
        start.AnnounceStudy();
        start.AnnounceSource(source?.Source);
        var changes = new InputWarnings(events, study, trialInputs, request.Reevaluate);
        changes.WarnOfChanges(store.Inputs, store.Taken, otherProject);
        gate?.WarnOfRows(events, inputs);
        var others = new OtherPrograms(events, study);
        others.Warn();
        start.AnnounceNewPoints();
        if (!isComplete)
        {
            start.AnnounceResumption();
            new Determinism(events, manifest, settings, study).Announce(StoredStudy.DeterministicWorkersOf(store.Record));
            start.SuggestOptimizedBuild(worker!);
            store.StoreInputs(study, inputs);
            store.NoteEnd(study, null);
        }

        using var record = new SearchRecord(
            events, manifest, folder, settings, store.Storage, study, trialInputs, store.Inputs?.Id == inputs.Id,
            DisplayPathOf, AnnounceFinalMoved, telemetry, writesFiles: request.Joining is null);
        if (isRepeating || store.ConstraintChange is not null)
        {
            record.Files.RewriteTrials();
        }

        if (settings.Timeout is { } limit)
        {
            stop.StopAfter(limit);
        }

        var before = study.Finished;
        using var step = FinishedStep.Of(events, team, manifest, settings, study, folder, DisplayPathOf, stop.Token);
        var loop = new TrialLoop(settings, study, record, team, stop, check, step, request.Joining?.MaxTrials);
        var final = new FinalRuns(
            store, study, manifest,
            new FinalRun(events, team, manifest, study, inputs, record, DisplayPathOf),
            new DefaultsRun(events, team, manifest, settings, trialInputs, record, DisplayPathOf));
        var conclusion = new SearchConclusion(request, events, manifest, settings, store, study, record, trialInputs);
        try
        {
            using var progress = record.Progress;
            loop.Run(worker!, settings.Workers);
            team.DismissAll();
            step?.End();
            record.Complete();
            others.Warn();
            changes.WarnOfNewTrials();

            var mayMissResult = request.Joining is not null && (stop.Reason == StopReason.Timeout || loop.IsQuotaUsed);
            if (stop.Reason != StopReason.Cancelled && !mayMissResult
                && MissingResult.Of(study, settings.MaxFailures, loop, record, conclusion.Failures, DisplayPathOf) is { } error)
            {
                throw error;
            }

            if (stop.Reason == StopReason.None && request.Joining is null && record.Files.IsWriter)
            {
                final.Run(settings.Seed, folder, inputs.Id);
            }
        }
        catch (HostException exception) when (exception.Code is not (HostErrors.Results or HostErrors.StudyDeleted))
        {
            if (request.Joining is null)
            {
                conclusion.Write(
                    new SearchEnding(exception.Message, null, IsCancelled: false, Ended()),
                    gate is null ? null : Gate.NotLookedAt("the search failed"), elapsed.Elapsed, Remarks());
            }

            throw;
        }

        if (request.Joining is not null)
        {
            study.RequireStored();
            return Leave(manifest, settings, study, store, record, loop, stop.Reason, step?.StopReason);
        }

        if (loop.Started == 0 && stop.Reason == StopReason.None)
        {
            var best = study.Best is { } found ? conclusion.Trials.First(trial => trial.Number == found.Number) : null;
            events.Message(SearchSummary.NothingRun(
                manifest.Name, settings.Goals, study.Finished, conclusion.Failures.Sum(group => group.Count), settings.MaxEvals,
                source?.Trials ?? 0, loop.End, best?.Ended, final.Done));
        }

        study.RequireStored();
        var isCancelled = stop.Reason == StopReason.Cancelled;
        var verdict = gate?.VerdictOn(study, conclusion.Trials, trialInputs, isCancelled);
        var goals = settings.Goals;
        var sentence = loop.Started == 0
            ? null
            : SearchSummary.End(goals, stop.Reason, loop.End, step?.StopReason, settings.MaxEvals);
        var outcome = conclusion.Write(
            new SearchEnding(sentence, SearchSummary.Early(goals, stop.Reason, loop.End, step?.StopReason), isCancelled, Ended()),
            verdict, elapsed.Elapsed, Remarks());
        new EndMessages(events, store, record, conclusion, DisplayPathOf).Send(outcome);
        if (GateText.Error(verdict) is { } broken)
        {
            throw broken;
        }

        return isCancelled ? ExitCodes.Cancelled : ExitCodes.Done;

        EndedTrials Ended() => new(
            record.Ended, Math.Max(0, study.Finished - before - record.Ended), record.Repeated, record.LostFolds, record.RevokedResults);

        IEnumerable<string> Remarks() => [.. check.Lines(elapsed.Elapsed), .. step?.Lines(elapsed.Elapsed) ?? []];

        WorkerProcess Replace(WorkerProcess? lost)
        {
            team.Dismiss(lost!);
            return team.Launch(0);
        }

        void AnnounceFinalMoved(string place) =>
            events.Message(
                $"{manifest.Name}: the earlier final run is of another trial or of other inputs than today's, "
                + $"and is now in {DisplayPathOf(place)}");
    }

    /// <summary>The end of a host that has joined the study: it says what it has done, and leaves the results to the others.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    private int Leave(
        Manifest manifest, SearchSettings settings, StoredStudy study, StudyStore store, SearchRecord record, TrialLoop loop,
        StopReason reason, string? stopped)
    {
        var end = SearchSummary.End(settings.Goals, reason, loop.End, stopped, settings.MaxEvals);
        var isStudyOver = reason == StopReason.None && (!loop.IsQuotaUsed || study.Finished >= settings.MaxEvals);
        if (isStudyOver && loop.Started > 0)
        {
            store.NoteEnd(study, end);
        }

        var why = reason switch
        {
            StopReason.Cancelled => "this worker was asked to end, and gave its running trials back",
            StopReason.Timeout => "the time of this worker was over, and it gave its running trials back",
            _ when !isStudyOver => "this worker has run as many trials as it was to",
            _ => "the search is over",
        };
        foreach (var line in JoinedSummary.Lines(manifest, study, record.Ended, settings.MaxEvals, why))
        {
            events.Summary(line);
        }

        return reason == StopReason.Cancelled ? ExitCodes.Cancelled : ExitCodes.Done;
    }

    /// <summary>Opens the study, and schedules the trials that this call runs again.</summary>
    private StoredStudy OpenStudy(
        StudyStore store, SearchSettings settings, Manifest manifest, InputFingerprint inputs, IReadOnlyList<SearchConstraint> constraints)
    {
        var study = store.OpenStudy(settings, manifest, inputs, constraints);
        try
        {
            new StartMessages(events, request, manifest, settings, study, store).AnnounceSpace();

            // A host that joins comes and goes; that is no request to run failed trials again.
            var repetitions = new Repetitions(events, store.Storage, study, request, settings.Goals);
            if (request.Joining is not null || !repetitions.Schedule(manifest.Name, store.InputsOf(study, inputs)))
            {
                return study;
            }
        }
        catch
        {
            study.Dispose();
            throw;
        }

        study.Dispose();
        return store.OpenStudy(settings, manifest, inputs, constraints);
    }

    private string DisplayPathOf(string path) => DisplayPath.Of(path, request.ShellDirectory);
}
