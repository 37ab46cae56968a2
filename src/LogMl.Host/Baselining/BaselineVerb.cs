using System.Globalization;
using LogMl.Host.Gating;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Host.Search;
using LogMl.Shared;
using LogMl.Shared.Requests;

namespace LogMl.Host.Baselining;

/// <summary>The verb <c>baseline</c>: writes what a study has reached into the file with which later searches are compared.</summary>
internal sealed class BaselineVerb(HostRequest request, HostEvents events)
{
    private readonly string _path = request.Baseline ?? Path.Combine(request.ProjectDirectory, GateLimits.DefaultFile);

    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="HostException">There is no trial for it, or the file is something else. It is as it was.</exception>
    public int Run()
    {
        using var stop = new StopSignal(request);
        using var team = new WorkerTeam(request, stop.Token);
        try
        {
            var manifest = Manifest.Read(team.Launch(0).Manifest, request.Overrides);
            team.DismissAll();
            Write(manifest);
            return ExitCodes.Done;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Cancelled;
        }
    }

    private void Write(Manifest manifest)
    {
        var earlier = Earlier(manifest);
        var trial = FoundTrial.Named(request, events, manifest);
        if (trial is not { IsComplete: true, Reached: { } reached })
        {
            throw new HostException(
                HostErrors.NothingFound,
                $"{PointText.Sentence(trial.Words)} has no result that could be a baseline. Name a trial that is complete in trials.csv.");
        }

        if (trial.Violation is { } violation)
        {
            throw new HostException(
                HostErrors.NothingFound,
                $"{PointText.Sentence(trial.Words)} does not keep the constraint{violation}, so that it is no baseline. "
                + "Name one that does.");
        }

        trial.Warn(events);
        var baseline = new Baseline(request.Study, request.Workflow, trial.Number, reached.Objectives, reached.Rows);
        var name = DisplayPath.Of(_path, request.ShellDirectory);
        events.Message($"{manifest.Name}: the baseline is {trial.Words}{ErrorOf(baseline)}");
        foreach (var line in earlier is null ? [] : Changes(earlier, baseline))
        {
            events.Summary(SearchSummary.Indent + line);
        }

        if (request.DryRun)
        {
            events.Message($"{manifest.Name}: nothing was written (HyperOptDryRun)");
            return;
        }

        Write(BaselineFile.Write(baseline, manifest.ToJson(trial.Values), reached.Test));
        events.Message($"{manifest.Name} -> {name}");
        events.Output(_path);
    }

    /// <summary>The baseline that the file has; null when there is none. What is something else is not overwritten.</summary>
    private Baseline? Earlier(Manifest manifest)
    {
        if (!File.Exists(_path))
        {
            return null;
        }

        var earlier = BaselineFile.Read(_path);
        return earlier.DifferenceFrom(request.Study, request.Workflow, manifest.Goals) is { } difference
            ? throw BaselineFile.Unusable(_path, difference)
            : earlier;
    }

    private void Write(string text)
    {
        try
        {
            AtomicFile.Write(_path, text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HostException(HostErrors.BaselineUnusable, $"The baseline cannot be written: {exception.Message}")
            {
                Place = new SourcePlace(_path, 0),
            };
        }
    }

    private static string ErrorOf(Baseline baseline) =>
        string.Concat(baseline.Objectives.Where(objective => objective.StandardError is not null).Select(objective => string.Create(
            CultureInfo.InvariantCulture,
            $"; the standard error of {objective.Name} is {ShortNumber.Of(objective.StandardError!.Value)} "
            + $"over {objective.FoldCount} folds")));

    private static IEnumerable<string> Changes(Baseline earlier, Baseline now) =>
        now.Objectives.Zip(earlier.Objectives, (one, before) =>
        {
            var change = one.Loss.CompareTo(before.Loss) switch { < 0 => "better", > 0 => "worse", _ => "as before" };
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{one.Name} {one.Value:R}, before {before.Value:R} of trial {earlier.Trial}: {change}");
        });
}
