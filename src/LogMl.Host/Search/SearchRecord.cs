using System.Globalization;
using LogMl.Host.Inputs;
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
    private int _told;

    public SearchRecord(HostEvents events, Manifest manifest, StudyFolder folder, SearchSettings settings, IStudyStorage storage, StoredStudy study, TrialInputs inputs, Action<string> finalMoved)
    {
        _events = events;
        _manifest = manifest;
        _study = study;
        Folder = folder;
        Files = new ResultFiles(events, folder, manifest, storage, study, inputs, finalMoved);
        _yaml = new ParametersYaml(manifest);
        _told = study.Finished;
        _progress = settings.ShowProgress ? new ProgressReporter(events, study.Finished, settings.MaxEvals) : null;
    }

    public StudyFolder Folder { get; }

    public ResultFiles Files { get; }

    /// <summary>The number of evaluations that this host has brought to an end.</summary>
    public int Ended { get; private set; }

    /// <summary>How many of them failed.</summary>
    public int Failed { get; private set; }

    /// <summary>The number of trials of this host that were cut off, and are repeated under other numbers.</summary>
    public int Repeated { get; private set; }

    /// <summary>The first of them that failed.</summary>
    public FinishedTrial? FirstFailure { get; private set; }

    /// <summary>The folder of a trial that begins.</summary>
    public TrialFolder Begin(StoredTrial trial)
    {
        OtherPrograms.Tell(_events, trial);
        return Folder.BeginTrial(trial.Number, () => _yaml.Write([string.Create(CultureInfo.InvariantCulture, $"{_manifest.Name}: trial {trial.Number}")], trial.Trial.Values));
    }

    /// <summary>Another host searches the study too: whoever counts the trials of this one shall know why some are missing.</summary>
    public void TellShared() => _events.Message($"{_manifest.Name}: another search of this study runs at the same time; the two share its trials");

    /// <summary>Takes a trial that has ended, as it is stored.</summary>
    public void Add(FinishedTrial trial, TrialFolder folder)
    {
        Files.Add(trial);
        if (trial.Failure is { } failure)
        {
            folder.Write("error.txt", failure.Text);
            Remember(trial, failure);
        }

        Repeated += trial.End == TrialEnd.Repeated ? 1 : 0;
        Ended += trial.End == TrialEnd.Repeated ? 0 : 1;
        Failed += trial.End == TrialEnd.Failed ? 1 : 0;
        _told = _study.Finished;
        _progress?.Finished(_told, _study.Best, trial.End switch { TrialEnd.Complete => "complete", TrialEnd.Pruned => "pruned", _ => "failed" });
    }

    /// <summary>Brings the files and the progress to where the store is: trials that other hosts have ended are there too.</summary>
    public void Complete()
    {
        Files.Complete();
        if (_study.Finished > _told)
        {
            _progress?.Finished(_study.Finished, _study.Best, "complete");
        }
    }

    public void Dispose() => Files.Dispose();

    /// <summary>The very first trial mostly fails because of something that will fail in every trial: it is told at once.</summary>
    private void Remember(FinishedTrial trial, TrialFailure failure)
    {
        FirstFailure ??= trial;
        if (Ended + Repeated == 0)
        {
            _events.Warning(HostErrors.FirstTrialFailed, SourcePlace.OfStack(failure.Stack), $"The first trial failed: {failure.Summary}");
        }
    }
}
