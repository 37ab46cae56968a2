using System.Globalization;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>Puts what happens in a search where people look: the folders of the trials, the files of the study, the progress, the first failure.</summary>
internal sealed class SearchRecord : IDisposable
{
    private readonly HostEvents _events;
    private readonly ProgressReporter? _progress;
    private readonly Manifest _manifest;
    private readonly StoredStudy _study;
    private readonly ParametersYaml _yaml;

    public SearchRecord(HostEvents events, Manifest manifest, StudyFolder folder, SearchSettings settings, IStudyStorage storage, StoredStudy study)
    {
        _events = events;
        _manifest = manifest;
        _study = study;
        Folder = folder;
        Files = new ResultFiles(folder, manifest, storage, study);
        _yaml = new ParametersYaml(manifest);
        _progress = settings.ShowProgress ? new ProgressReporter(events, study.Finished, settings.MaxEvals) : null;
    }

    public StudyFolder Folder { get; }

    public ResultFiles Files { get; }

    /// <summary>The number of trials that this host has ended.</summary>
    public int Ended { get; private set; }

    /// <summary>The first of them that failed.</summary>
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
    public string Begin(StoredTrial trial)
    {
        OtherPrograms.Tell(_events, trial);
        var directory = Folder.CreateTrialFolder(trial.Number);
        File.WriteAllText(Path.Combine(directory, "parameters.yaml"), _yaml.Write(string.Create(CultureInfo.InvariantCulture, $"{_manifest.Name}: trial {trial.Number}"), trial.Trial.Values));
        return directory;
    }

    /// <summary>Takes a trial that has ended, as it is stored.</summary>
    public void Add(FinishedTrial trial, string directory)
    {
        Files.Add(trial);
        if (trial.Failure is { } failure)
        {
            File.WriteAllText(Path.Combine(directory, "error.txt"), failure.Text);
            Remember(trial, failure);
        }

        Ended++;
        _progress?.Finished(_study.Finished, _study.Best, trial.End switch { TrialEnd.Complete => "complete", TrialEnd.Pruned => "pruned", _ => "failed" });
    }

    public void Dispose() => Files.Dispose();

    /// <summary>The very first trial mostly fails because of something that will fail in every trial: it is told at once.</summary>
    private void Remember(FinishedTrial trial, TrialFailure failure)
    {
        FirstFailure ??= trial;
        if (Ended == 0)
        {
            _events.Warning(HostErrors.FirstTrialFailed, SourcePlace.OfStack(failure.Stack), $"The first trial failed: {failure.Summary}");
        }
    }
}
