using System.Diagnostics;
using System.Globalization;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Host.Telemetry;
using LogMl.Host.Workers;
using LogMl.Shared;
using LogMl.Shared.Requests;
using LogMl.Shared.Wire;

namespace LogMl.Host.Search;

/// <summary>
/// The verb <c>run</c>: runs the whole workflow once, with the defaults of <c>functions</c>, the values of a trial, or those of a file.
/// </summary>
internal sealed class RunVerb(HostRequest request, HostEvents events)
{
    private static readonly string[] Parts = ["train", "validate", "test"];

    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="HostException">A step failed.</exception>
    public int Run()
    {
        using var stop = new StopSignal(request);
        using var team = new WorkerTeam(request, stop.Token);
        try
        {
            return Run(team, stop);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Cancelled;
        }
    }

    private int Run(WorkerTeam team, StopSignal stop)
    {
        var worker = team.Launch(0);
        var manifest = Manifest.Read(worker.Manifest, request.Overrides);
        var asked = OptimizationSettings.OfBuild(request);
        var parameters = RunParameters.Of(request, events, manifest);
        var (seed, dataSeed) = AnnounceSeeds(manifest, parameters, asked.RandomSeed);
        using var folder = StudyFolder.CreateRunFolder(
            request.Output, request.Study, DateTimeOffset.UtcNow,
            () => manifest.Functions.Write(
                [string.Create(CultureInfo.InvariantCulture, $"{manifest.Name}: {parameters.Words}, with seed {seed}")],
                parameters.Values));
        if (asked.Timeout is { } limit)
        {
            stop.StopAfter(limit);
        }

        var trial = new HostMessage.Trial(
            -1, RunKind.Full, seed, dataSeed, folder.Path, IsPrunable: false, parameters.Values,
            Spans.TraceParentOf(Spans.OfEnvironment()));
        WarnOfRefusal(manifest, worker, parameters);
        var elapsed = Stopwatch.StartNew();
        var outcome = worker.Run(new TrialRun(trial, folder)
        {
            OnWarning = text => events.Warning(HostErrors.DoubtfulFolds, SourcePlace.Unknown, text),
        });
        switch (outcome)
        {
            case TrialOutcome.Completed completed:
                new RunScores(manifest.Name, seed, dataSeed, completed.Scores, elapsed.Elapsed.TotalSeconds)
                {
                    Trial = parameters.Trial is { } found ? (request.Study, found.Number) : null,
                    File = parameters.File,
                }.Write(folder.Path);
                Summarize(manifest, completed, folder.Path);
                return ExitCodes.Done;
            case TrialOutcome.Failed { Failure: var failure }:
                folder.Write(TrialFolder.FailureFile, failure.Text);
                var errorFile = DisplayPath.Of(Path.Combine(folder.Path, TrialFolder.FailureFile), request.ShellDirectory);
                throw new HostException(HostErrors.RunFailed, $"The run failed: {failure.Headline} (see {errorFile})")
                {
                    Place = SourcePlace.OfStack(failure.Stack),
                };
            case TrialOutcome.Interrupted when stop.Reason == StopReason.Timeout:
                throw new HostException(HostErrors.RunFailed, "The time was over before the run was. Raise HyperOptTimeout.");
            default:
                return ExitCodes.Cancelled;
        }
    }

    /// <summary>
    /// The seeds of the run and of its rows. A trial of a study is run again as it was, when no seed is given: it then has the same scores.
    /// </summary>
    private (long Seed, long DataSeed) AnnounceSeeds(Manifest manifest, RunParameters parameters, long? given)
    {
        if (given is null && parameters.Trial is { Seed: { } ofTrial, StudySeed: { } ofStudy })
        {
            events.Message(string.Create(CultureInfo.InvariantCulture,
                $"{manifest.Name}: runs with {parameters.Words}, its seed and the rows of the study, whose seed is {ofStudy}"));
            return (ofTrial, ofStudy);
        }

        var known = given ?? manifest.Optimization?.RandomSeed;
        var seed = known ?? Seeds.New();
        var isFresh = known is null
            ? string.Create(CultureInfo.InvariantCulture, $", a fresh one: -p:HyperOptSeed={seed} does the same run again")
            : "";
        var with = parameters is { Trial: null, File: null } ? "" : $"{parameters.Words} and ";
        events.Message(string.Create(CultureInfo.InvariantCulture, $"{manifest.Name}: runs with {with}seed {seed}{isFresh}"));
        return (seed, seed);
    }

    private void WarnOfRefusal(Manifest manifest, WorkerProcess worker, RunParameters parameters)
    {
        if (manifest.SearchConstraints.Count == 0)
        {
            return;
        }

        try
        {
            if (worker.Check(parameters.Values, PlaceOf) is { Count: > 0 } refusing)
            {
                events.Warning(
                    HostErrors.RefusedDefaults,
                    PlaceOf(refusing[0]),
                    $"{PointText.Sentence(parameters.Words)}, with which this run is made, are refused by the search constraint "
                    + string.Join(" and ", refusing.Select(name => $"'{name}'")));
            }
        }
        catch (HostException exception)
        {
            throw new HostException(
                exception.Code, PointText.After(exception.Message, $"The point was that of {parameters.Words}."))
            {
                Detail = exception.Detail,
                Place = exception.Place,
            };
        }
        catch (WorkerLostException exception)
        {
            throw new HostException(
                HostErrors.SearchConstraintFailed, $"The worker process ended while it asked the search constraints: {exception.Message}");
        }

        SourcePlace PlaceOf(string constraint) => MethodPlace.Find(request.Assembly, constraint);
    }

    private void Summarize(Manifest manifest, TrialOutcome.Completed completed, string directory)
    {
        foreach (var part in Parts.Where(completed.Scores.ContainsKey))
        {
            var figures = completed.Scores[part].Select(
                figure => $"{figure.Key} {ShortNumber.Of(figure.Value)}");
            events.Summary($"{manifest.Name}: {part}: {string.Join(", ", figures)}");
        }

        foreach (var note in manifest.Notes)
        {
            events.Summary($"{manifest.Name}: {note}");
        }

        events.Summary($"{manifest.Name} -> {DisplayPath.Of(directory, request.ShellDirectory)}");
        events.Output(directory);
    }
}
