using System.Diagnostics;
using System.Globalization;
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
        using var team = new WorkerTeam(request, stop.Token);
        try
        {
            return Search(stop, team, telemetry);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Cancelled;
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
        using var folder = StudyFolder.Of(request.Output, request.Study);
        using var store = stop.Open(() => StudyStore.Open(request, events, folder, stop.Token));
        var settings = Settings(manifest, request, store.Seed);
        store.ReadSource(settings, manifest);
        var inputs = InputFingerprint.Take(manifest, request, settings.Seed, store.Inputs, store.FixedNames(manifest));
        var otherProject = store.RequireProject(inputs, folder);
        store.TakeFolder(folder);
        if (store.MovedTo is not null)
        {
            events.Message($"Earlier results, which are not of this study, are now in {DisplayPathOf(store.MovedTo)}");
        }

        var check = new ConstraintCheck(events, manifest, request.Assembly);
        using var study = check.With(ref worker, Replace, answering =>
        {
            check.Use(answering);
            return OpenStudy(store, settings, manifest, inputs, check.Constraints);
        });
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
        if (store.Elsewhere is { } elsewhere)
        {
            events.Message($"{manifest.Name}: the study '{study.Name}' is stored in {elsewhere}");
        }

        if (!settings.Goals.IsLossAlone || settings.Goals.Constraints.Count > 0)
        {
            events.Message($"{manifest.Name}: {settings.Goals.Words}");
        }

        string[] notes = [.. manifest.Notes, .. settings.Folds.Note is { } folds ? [folds] : Array.Empty<string>()];
        foreach (var note in notes)
        {
            events.Message($"{manifest.Name}: {note}");
        }

        if (store.ConstraintChange is { } change)
        {
            events.Warning(HostErrors.OtherGoals, SourcePlace.Unknown, change);
        }

        AnnounceSource(manifest, settings, study, store, source?.Source);
        var changes = new InputWarnings(events, study, trialInputs, request.Reevaluate);
        changes.WarnOfChanges(store.Inputs, store.Taken, otherProject);
        var others = new OtherPrograms(events, study);
        others.Warn();
        AnnounceNewPoints(manifest, settings, study);
        if (!isComplete)
        {
            AnnounceResumption(manifest, settings, study, store);
            new Determinism(events, manifest, settings, study).Announce(StoredStudy.DeterministicWorkersOf(store.Record));
            SuggestOptimizedBuild(manifest, worker!);
            store.StoreInputs(study, inputs);
            store.NoteEnd(study, null);
        }

        using var record = new SearchRecord(
            events, manifest, folder, settings, store.Storage, study, trialInputs, store.Inputs?.Id == inputs.Id,
            DisplayPathOf, AnnounceFinalMoved, telemetry);
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
        var loop = new TrialLoop(settings, study, record, team, stop, check, step);
        var final = new FinalRun(events, team, manifest, study, inputs, record, DisplayPathOf);
        IReadOnlyDictionary<string, double>? test = null;
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

            if (stop.Reason != StopReason.Cancelled
                && MissingResult.Of(study, settings.MaxFailures, loop, record, conclusion.Failures, DisplayPathOf) is { } error)
            {
                throw error;
            }

            if (stop.Reason == StopReason.None && manifest.FinalRun && record.Files.IsWriter)
            {
                test = final.Run(settings.Seed, folder);
            }
        }
        catch (HostException exception) when (exception.Code is not (HostErrors.Results or HostErrors.StudyDeleted))
        {
            conclusion.Write(exception.Message, test: null, elapsed.Elapsed);
            throw;
        }

        if (loop.Started == 0 && stop.Reason == StopReason.None)
        {
            var best = study.Best is { } found ? conclusion.Trials.First(trial => trial.Number == found.Number) : null;
            events.Message(SearchSummary.NothingRun(
                manifest.Name, settings.Goals, study.Finished, conclusion.Failures.Sum(group => group.Count), settings.MaxEvals,
                source?.Trials ?? 0, loop.End, best?.Ended, final.HasRun));
        }

        study.RequireStored();
        conclusion.Write(
            loop.Started == 0 ? null : SearchSummary.End(settings.Goals, stop.Reason, loop.End, step?.StopReason, settings.MaxEvals),
            test, elapsed.Elapsed, stop.Reason == StopReason.Cancelled);
        var ended = new EndedTrials(
            record.Ended, Math.Max(0, study.Finished - before - record.Ended), record.Repeated, record.LostFolds, record.RevokedResults);
        Summarize(manifest, study, store, record, conclusion,
            SearchSummary.Lines(
                manifest, study, conclusion.Trials, trialInputs, conclusion.Outcome?.Importances ?? [], test, ended,
                SearchSummary.Early(settings.Goals, stop.Reason, loop.End, step?.StopReason), elapsed.Elapsed)
                .Concat(check.Lines(elapsed.Elapsed).Concat(step?.Lines(elapsed.Elapsed) ?? [])
                    .Select(line => SearchSummary.Indent + line)),
            test);
        return stop.Reason == StopReason.Cancelled ? ExitCodes.Cancelled : ExitCodes.Done;

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

    /// <summary>Says that the search continues, and which settings have changed since.</summary>
    private void AnnounceResumption(Manifest manifest, SearchSettings settings, StoredStudy study, StudyStore store)
    {
        var finished = study.Finished + study.WaitingRepetitions;
        if (finished == 0 || (study.IsNew && store.Taken is not null))
        {
            // AnnounceSource has said with which trials a study begins.
            return;
        }

        var algorithm = settings.StudyOptions().Sampler.AlgorithmId;
        var before = store.Record?.Attributes.TryGetValue(StoredStudy.AlgorithmKey, out var json) == true && json.Trim('"') != algorithm
            ? $", now with {algorithm} instead of {json.Trim('"')}"
            : "";
        var seed = store.Seed is { } earlier && earlier != settings.Seed
            ? string.Create(CultureInfo.InvariantCulture, $", now with seed {settings.Seed} instead of {earlier}: "
                + $"the default split has other rows, and steps get other random numbers")
            : "";
        events.Message(
            string.Create(CultureInfo.InvariantCulture, $"{manifest.Name}: goes on after "
                + $"{SearchSummary.Counted(finished, "finished trial")}{before}{seed}"));
    }

    /// <summary>Says which trials are left out because the space has become smaller.</summary>
    private void WarnOfEarlierSpace(StoredStudy study)
    {
        if (study.OfEarlierSpace is { Count: > 0 } outside)
        {
            var (number, reason) = outside.Last();
            events.Warning(
                HostErrors.OutsideOfSpace,
                SourcePlace.Unknown,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{SearchSummary.Counted(outside.Count, "trial")} of {study.Evaluations} {(outside.Count == 1 ? "is" : "are")} of an "
                    + $"earlier space of the study and not in the present one, as trial {number}: {reason}. They stay in the study and "
                    + $"count towards max_evals, but the search does not learn from them, and none can be the best."));
        }
    }

    /// <summary>Says what a study has taken over from another one, or why it has taken over nothing.</summary>
    private void AnnounceSource(Manifest manifest, SearchSettings settings, StoredStudy study, StudyStore store, string? source)
    {
        if (store.Taken is { } taken && study.IsNew)
        {
            var others = taken.Others == 0
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $"; {taken.Others} do not fit into the space, and ")
                    + (taken.Points.Count == 0
                        ? "none of them is among the best"
                        : $"{SearchSummary.Counted(taken.Points.Count, "point")} of the best of these "
                            + $"{(taken.Points.Count == 1 ? "is" : "are")} tried first");
            events.Message(
                $"{manifest.Name}: begins with {SearchSummary.Counted(taken.Trials.Count, "trial")} of the study '{taken.Source}', "
                + $"on top of max_evals{others}");
            if (study.TriedNewOptions.Count > 0)
            {
                var known = manifest.Parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
                var choices = study.TriedNewOptions.GroupBy(option => option.Choice).Select(group =>
                    $"{string.Join(", ", group.Select(option => $"'{known[group.Key].Text(option.Index)}'"))} of {group.Key}");
                var further = taken.FurtherNewOptions == 0
                    ? ""
                    : $". {SearchSummary.Counted(taken.FurtherNewOptions, "further option")} "
                        + $"{(taken.FurtherNewOptions == 1 ? "is" : "are")} left to the algorithm";
                events.Message(
                    $"{manifest.Name}: tries first: the option{(study.TriedNewOptions.Count == 1 ? "" : "s")} "
                    + $"{string.Join(", ", choices)}, which no trial taken over has{further}");
            }

            var first = settings.PointsToEvaluate.Count + study.TriedNewOptions.Count + taken.Points.Count - study.RefusedPoints.Count;
            var planned = settings.MaxEvals - taken.Trials.Count;
            if (first > planned)
            {
                events.Message(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{manifest.Name}: max_evals is {planned}, so that of the {first} points to try first the last {first - planned} wait "
                    + $"for a call with a higher max_evals"));
            }
        }
        else if (request.From is { } from && from != source)
        {
            events.Message(
                $"{manifest.Name}: nothing is taken over from the study '{from}' (HyperOptFrom): that is for a study that begins");
        }
    }

    /// <summary>Says that points which were refused, or added after the study was started, are not tried.</summary>
    private void AnnounceNewPoints(Manifest manifest, SearchSettings settings, StoredStudy study)
    {
        // The points of a study that is new, or was interrupted at its start, may still be waiting.
        if (study.IsNew || study.Finished < study.Evaluations)
        {
            return;
        }

        var distributions = study.History.Parameters.ToDictionary(
            parameter => parameter.Name, parameter => parameter.Distribution, StringComparer.Ordinal);
        var trials = study.History.Trials;
        var untried = settings.PointsToEvaluate.Where(point => !trials.Any(trial =>
            point.All(value => trial.Values.TryGetValue(value.Key, out var tried)
                && (distributions[value.Key].ValueOf(value.Value) ?? value.Value) == tried))).ToLookup(study.WasRefused);
        Announce(
            untried[true].Count(), "a search constraint refused it when the study began",
            "search constraints refused them when the study began");
        Announce(untried[false].Count(), "they are for a study that begins", "they are for a study that begins");

        void Announce(int count, string whyOne, string why)
        {
            if (count > 0)
            {
                events.Message(
                    $"{manifest.Name}: {SearchSummary.Counted(count, "point")} of points_to_evaluate "
                    + (count == 1 ? $"is not tried: {whyOne}" : $"are not tried: {why}"));
            }
        }
    }

    /// <summary>Suggests an optimized build: a search runs the same code many times.</summary>
    private void SuggestOptimizedBuild(Manifest manifest, WorkerProcess worker)
    {
        if (!worker.IsOptimized)
        {
            events.Message(
                $"{manifest.Name}: {Path.GetFileName(request.Assembly)} is not optimized (Debug). "
                + "Trials mostly take less time when the command has -c Release; the study stays the same.");
        }
    }

    /// <summary>Opens the study, and schedules the trials that this call runs again.</summary>
    private StoredStudy OpenStudy(
        StudyStore store, SearchSettings settings, Manifest manifest, InputFingerprint inputs, IReadOnlyList<SearchConstraint> constraints)
    {
        var study = store.OpenStudy(settings, manifest, inputs, constraints);
        try
        {
            if (study.SpaceChanges.Count > 0 && study.Evaluations > 0)
            {
                var which = study.OfEarlierSpace.Count == 0 ? "earlier trials count all the same" : "earlier trials that are in it count";
                var known = study.WithFixedValues;
                which += known == 0
                    ? ""
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $", {known} of them with the value at which a parameter was fixed when {(known == 1 ? "it" : "they")} ran");
                events.Message(
                    $"{manifest.Name}: the search space is another one than before, and {which}: {string.Join("; ", study.SpaceChanges)}");
            }

            WarnOfEarlierSpace(study);

            var repetitions = new Repetitions(events, store.Storage, study, request, settings.Goals);
            if (!repetitions.Schedule(manifest.Name, store.InputsOf(study, inputs)))
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

    private void Summarize(
        Manifest manifest, StoredStudy study, StudyStore store, SearchRecord record, SearchConclusion conclusion,
        IEnumerable<string> lines, IReadOnlyDictionary<string, double>? test)
    {
        var failures = conclusion.Failures;
        foreach (var line in lines.Concat(SearchSummary.Failures(failures, ErrorFile)))
        {
            events.Summary(line);
        }

        if (Sparkline.Of(manifest.Goals, conclusion.Trials) is { } chart)
        {
            events.Send(new HostEvent.Chart(SearchSummary.Indent + chart));
        }

        if (OtherPrograms.Running(study) is { } running)
        {
            events.Summary(SearchSummary.Indent + running);
        }

        if (study.Best is null && study.HasResults)
        {
            events.Warning(
                HostErrors.NothingFeasible, SourcePlace.Unknown,
                $"No trial keeps the constraints ({manifest.Goals.ConstraintWords}), so that there is no best.yaml and "
                + "no final run. Run more trials, or change the constraints: all trials are judged anew by them.");
        }

        if (SearchSummary.ManyFailed(study.Finished, failures, ErrorFile) is { } many)
        {
            events.Warning(HostErrors.ManyTrialsFailed, SourcePlace.OfStack(failures[0].First.Failure.Stack), many);
        }

        events.Summary(
            $"{manifest.Name} -> {DisplayPathOf(record.Folder.Path)}{Path.DirectorySeparatorChar}"
            + string.Join(", ", Results(manifest, study, store, record.Folder, conclusion, test)));
        events.Output(record.Folder.TrialsCsv);
        if (manifest.Goals.AreSeveral)
        {
            events.Output(record.Folder.FrontCsv);
        }

        if (Directory.Exists(record.Folder.Trials))
        {
            events.Output(record.Folder.Trials);
        }

        if (study.Best is not null)
        {
            events.Output(record.Folder.BestYaml);
        }

        if (conclusion.HasResult)
        {
            events.Output(record.Folder.ResultJson);
        }

        if (conclusion.HasSummary)
        {
            events.Output(record.Folder.SummaryMd);
        }

        if (conclusion.Outcome is { HasReport: true })
        {
            events.Output(record.Folder.ReportHtml);
        }

        conclusion.Tell();

        string? ErrorFile(int trial)
        {
            var file = record.Folder.ErrorOf(trial);
            return File.Exists(file) ? DisplayPathOf(file) : null;
        }
    }

    private static IEnumerable<string> Results(
        Manifest manifest, StoredStudy study, StudyStore store, StudyFolder folder, SearchConclusion conclusion,
        IReadOnlyDictionary<string, double>? test)
    {
        if (study.Best is not null)
        {
            yield return Path.GetFileName(folder.BestYaml);
        }

        if (manifest.Goals.AreSeveral)
        {
            yield return Path.GetFileName(folder.FrontCsv);
        }

        if (test is not null)
        {
            yield return "best" + Path.DirectorySeparatorChar;
        }

        if (conclusion.Outcome is { HasReport: true })
        {
            yield return Path.GetFileName(folder.ReportHtml);
        }

        if (conclusion.HasSummary)
        {
            yield return Path.GetFileName(folder.SummaryMd);
        }

        if (conclusion.HasResult)
        {
            yield return Path.GetFileName(folder.ResultJson);
        }

        yield return Path.GetFileName(folder.TrialsCsv);
        if (Directory.Exists(folder.Trials))
        {
            yield return "trials" + Path.DirectorySeparatorChar;
        }

        if (store.Elsewhere is null)
        {
            yield return StudyFolder.DatabaseFile;
        }
    }

    private string DisplayPathOf(string path) => DisplayPath.Of(path, request.ShellDirectory);
}
