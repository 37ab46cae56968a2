using LogMl.Configuration.Editing;
using LogMl.Host.Manifests;
using LogMl.Host.Search;
using LogMl.Shared.Requests;

namespace LogMl.Host.Applying;

/// <summary>
/// The verb <c>apply</c>: writes the values of a trial into the section <c>functions</c> of the configuration file, and changes nothing
/// else of it.
/// </summary>
internal sealed class ApplyVerb(HostRequest request, HostEvents events)
{
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="HostException">The values cannot be applied. The file is as it was.</exception>
    public int Run()
    {
        using var stop = new StopSignal(request);
        using var team = new WorkerTeam(request, stop.Token);
        try
        {
            var manifest = Manifest.Read(team.Launch(0).Manifest, request.Overrides);
            team.DismissAll();
            Apply(manifest, Find(manifest), stop.Token);
            return ExitCodes.Done;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Cancelled;
        }
    }

    private FoundTrial Find(Manifest manifest)
    {
        var trial = FoundTrial.Named(request, events, manifest);
        if (!trial.IsComplete)
        {
            throw new HostException(
                HostErrors.NothingFound,
                $"{PointText.Sentence(trial.Words)} has no result that could be taken over. Name a trial that is complete in trials.csv.");
        }

        return trial.Missing.Count == 0
            ? trial
            : throw new HostException(
                HostErrors.OutOfTodaysSpace,
                $"{PointText.Sentence(trial.Words)} has no value for {string.Join(", ", trial.Missing.Select(name => $"'{name}'"))}, which "
                + $"{(trial.Missing.Count == 1 ? "is" : "are")} in the space now. "
                + "Search anew, or put back the space with which it was searched.");
    }

    private void Apply(Manifest manifest, FoundTrial trial, CancellationToken cancellation)
    {
        var file = ConfigurationFile.Read(request.Configuration
            ?? throw new HostException(HostErrors.Usage, "The request has no field 'configuration', the file to change."));
        var values = manifest.Functions.Write([], trial.Values);
        string[] names = [.. manifest.TopParameters.Select(parameter => parameter.Name)];
        var edit = Edit(file.Text);
        if (edit.Problem is { } problem)
        {
            throw new HostException(HostErrors.NotApplicable, problem.Message)
            {
                Place = new SourcePlace(file.Path, problem.Span.StartLine + 1) { Column = problem.Span.StartColumn + 1 },
            };
        }

        var name = DisplayPath.Of(file.Path, request.ShellDirectory);
        if (edit.Text == file.Text)
        {
            events.Message($"{manifest.Name}: {name} has the values of {trial.Words} already");
            return;
        }

        trial.Warn(events);
        events.Message($"{manifest.Name}: the values of {trial.Words}");
        foreach (var line in edit.Diff.Prepend("+++ " + name).Prepend("--- " + name))
        {
            events.Summary(line);
        }

        foreach (var notice in edit.Notices)
        {
            events.Warning(
                HostErrors.CommentOfReplacedValue,
                new SourcePlace(file.Path, notice.Span.StartLine + 1) { Column = notice.Span.StartColumn + 1 }, notice.Message + ".");
        }

        if (request.DryRun)
        {
            events.Message($"{manifest.Name}: nothing was written (HyperOptDryRun)");
            return;
        }

        if (GitState.HasChanges(file.Path))
        {
            events.Warning(
                HostErrors.UncommittedChanges, new SourcePlace(file.Path, 0),
                "The file had changes that are not committed, so that git diff now shows them together with what was written.");
        }

        // The file is read again: what is said to be done is what is there.
        file.Replace(edit.Text, written => Edit(written) is { Problem: null } again && again.Text == written);
        events.Message($"{manifest.Name} -> {name}");
        events.Output(file.Path);

        DefaultsEdit Edit(string text) => DefaultsEditor.Apply(text, values, names, cancellation);
    }
}
