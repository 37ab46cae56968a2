using System.Globalization;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Optimization;

namespace LogMl.Host.Search;

/// <summary>Puts what happens in a search where people look: the files of the study, the progress, the first failure.</summary>
internal sealed class SearchRecord : IDisposable
{
    private readonly HostEvents _events;
    private readonly ProgressReporter? _progress;
    private readonly Manifest _manifest;
    private readonly TrialsCsv _csv;
    private readonly ParametersYaml _yaml;
    private int? _bestTrial;

    public SearchRecord(HostEvents events, Manifest manifest, StudyFolder folder, SearchSettings settings)
    {
        _events = events;
        _manifest = manifest;
        Folder = folder;
        _csv = new TrialsCsv(folder.TrialsCsv, manifest.Space);
        _yaml = new ParametersYaml(manifest);
        _progress = settings.ShowProgress ? new ProgressReporter(events, settings.MaxEvals) : null;
    }

    public StudyFolder Folder { get; }

    /// <summary>The number of finished trials.</summary>
    public int Finished { get; private set; }

    /// <summary>The number of trials among them that failed.</summary>
    public int Failed { get; private set; }

    /// <summary>The number of trials among the finished ones that were given up.</summary>
    public int Pruned { get; private set; }

    /// <summary>The first trial that failed.</summary>
    public FinishedTrial? FirstFailure { get; private set; }

    /// <summary>Appends an intermediate value to the trial's intermediate.csv.</summary>
    public static void Report(string directory, int step, double value)
    {
        var path = Path.Combine(directory, "intermediate.csv");
        var head = File.Exists(path) ? "" : "step,value\n";
        File.AppendAllText(path, string.Create(CultureInfo.InvariantCulture, $"{head}{step},{value:R}\n"));
    }

    /// <summary>Makes the trial's folder, with its parameters in it.</summary>
    /// <returns>The folder.</returns>
    public string Begin(Trial trial)
    {
        var directory = Folder.CreateTrialFolder(trial.Number);
        File.WriteAllText(Path.Combine(directory, "parameters.yaml"), _yaml.Write($"{_manifest.Name}: trial {Text(trial.Number)}", trial.Values));
        return directory;
    }

    /// <summary>Takes a finished trial, which the study has been told.</summary>
    public void Add(FinishedTrial trial, string directory, Trial? best)
    {
        _csv.Add(trial);
        if (trial.End == TrialEnd.Stopped)
        {
            return;
        }

        Finished++;
        Pruned += trial.End == TrialEnd.Pruned ? 1 : 0;
        if (trial.Failure is { } failure)
        {
            Failed++;
            File.WriteAllText(Path.Combine(directory, "error.txt"), failure.Text);
            RememberFirst(trial, failure);
        }

        if (best is not null && best.Number != _bestTrial)
        {
            _bestTrial = best.Number;
            WriteBest(best);
        }

        _progress?.Finished(Finished, best, trial.End switch { TrialEnd.Complete => "complete", TrialEnd.Pruned => "pruned", _ => "failed" });
    }

    public void Dispose() => _csv.Dispose();

    /// <summary>The very first trial mostly fails because of something that will fail in every trial: it is told at once.</summary>
    private void RememberFirst(FinishedTrial trial, TrialFailure failure)
    {
        FirstFailure ??= trial;
        if (Finished == 1)
        {
            _events.Warning(HostErrors.FirstTrialFailed, SourcePlace.OfStack(failure.Stack), $"The first trial failed: {failure.Summary}");
        }
    }

    private void WriteBest(Trial best)
    {
        var comment = string.Create(CultureInfo.InvariantCulture, $"{_manifest.Name}: loss {best.Loss:R} at trial {best.Number}");
        AtomicFile.Write(Folder.BestYaml, _yaml.Write(comment, best.Values));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
