using System.Globalization;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Host.Workers;
using LogMl.Shared;
using LogMl.Shared.Requests;
using LogMl.Shared.Wire;

namespace LogMl.Host.Search;

/// <summary>The verb <c>run</c>: runs the whole workflow once, with the defaults of <c>functions</c>.</summary>
internal sealed class RunVerb(HostRequest request, HostEvents events)
{
    private static readonly string[] Parts = ["train", "validate", "test"];

    private static readonly Dictionary<string, double> NoValues = [];

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
        var given = asked.RandomSeed ?? manifest.Optimization?.RandomSeed;
        var seed = given ?? Seeds.New();
        var isFresh = given is null
            ? string.Create(CultureInfo.InvariantCulture, $", a fresh one: -p:HyperOptSeed={seed} does the same run again")
            : "";
        events.Message(string.Create(CultureInfo.InvariantCulture, $"{manifest.Name}: runs with seed {seed}{isFresh}"));
        using var folder = StudyFolder.CreateRunFolder(
            request.Output, request.Study, DateTimeOffset.UtcNow,
            () => manifest.Functions.Write(
                [string.Create(CultureInfo.InvariantCulture, $"{manifest.Name}: the defaults, with seed {seed}")], NoValues));
        if (asked.Timeout is { } limit)
        {
            stop.StopAfter(limit);
        }

        var trial = new HostMessage.Trial(-1, IsFull: true, seed, seed, folder.Path, IsPrunable: false, NoValues);
        WarnOfRefusedDefaults(manifest, worker);
        var outcome = worker.Run(trial, folder, default, (step, value) =>
        {
            folder.Report(step, value);
            return false;
        });
        switch (outcome)
        {
            case TrialOutcome.Completed completed:
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

    private void WarnOfRefusedDefaults(Manifest manifest, WorkerProcess worker)
    {
        if (manifest.SearchConstraints.Count == 0)
        {
            return;
        }

        try
        {
            if (worker.Check(NoValues) is { Count: > 0 } refusing)
            {
                events.Warning(
                    HostErrors.RefusedDefaults,
                    MethodPlace.Find(request.Assembly, refusing[0]),
                    $"The defaults of 'functions', with which this run is made, are refused by the search constraint "
                    + string.Join(" and ", refusing.Select(name => $"'{name}'")));
            }
        }
        catch (HostException exception)
        {
            throw new HostException(
                exception.Code, PointText.After(exception.Message, "The point was that of the defaults of 'functions'."))
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
