using System.Diagnostics;
using System.Globalization;
using LogMl.Host.Inputs;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>Puts what happens in a search where people look: the folders of the trials, the files of the study, the progress, the first failure.</summary>
internal sealed class SearchRecord : IDisposable
{
    /// <summary>Others mostly end their last trials about when this process does.</summary>
    private static readonly TimeSpan WaitUnmentioned = TimeSpan.FromSeconds(2);

    private readonly HostEvents _events;
    private readonly Manifest _manifest;
    private readonly SearchSettings _settings;
    private readonly StoredStudy _study;
    private readonly ParametersYaml _yaml;
    private readonly TimeSpan _lease;
    private readonly Func<string, string> _shown;
    private readonly RunningTrials _running = new(TimeProvider.System);
    private long? _waitsSince;
    private bool _hasToldWait;

    public SearchRecord(HostEvents events, Manifest manifest, StudyFolder folder, SearchSettings settings, IStudyStorage storage, StoredStudy study, TrialInputs inputs, Func<string, string> shown, Action<string> finalMoved)
    {
        _events = events;
        _manifest = manifest;
        _settings = settings;
        _study = study;
        Folder = folder;
        Files = new ResultFiles(events, folder, manifest, storage, study, inputs, finalMoved);
        _yaml = new ParametersYaml(manifest);
        _lease = storage.Lease;
        _shown = shown;
        Progress = settings.ShowProgress ? new ProgressReporter(events, study, settings.MaxEvals, _running, TimeProvider.System) : null;
    }

    public StudyFolder Folder { get; }

    public ResultFiles Files { get; }

    /// <summary>Tells how far the search is, until it is disposed; null when nobody wants to know.</summary>
    public ProgressReporter? Progress { get; }

    /// <summary>The number of evaluations that this host has brought to an end.</summary>
    public int Ended { get; private set; }

    /// <summary>How many of them failed.</summary>
    public int Failed { get; private set; }

    /// <summary>The number of trials of this host that were cut off, and are repeated under other numbers.</summary>
    public int Repeated { get; private set; }

    /// <summary>The number of earlier results that no longer count, because the trial gave none when it was run again.</summary>
    public int Withdrawn { get; private set; }

    /// <summary>The first of them that failed.</summary>
    public FinishedTrial? FirstFailure { get; private set; }

    /// <summary>Whether its failure was told as a warning.</summary>
    public bool HasWarned { get; private set; }

    /// <summary>The folder of a trial that begins.</summary>
    public TrialFolder Begin(StoredTrial trial)
    {
        OtherPrograms.Tell(_events, trial);
        return Folder.BeginTrial(trial.Number, () => _yaml.Write([string.Create(CultureInfo.InvariantCulture, $"{_manifest.Name}: trial {trial.Number}")], trial.Trial.Values));
    }

    /// <summary>Another host searches the study too: whoever counts the trials of this one shall know why some are missing.</summary>
    public void TellShared() => _events.Message($"{_manifest.Name}: another search of this study runs at the same time; the two share its trials");

    /// <summary>Takes that a trial, or the final run, starts.</summary>
    /// <returns>It runs until this is disposed.</returns>
    public RunningTrial Start()
    {
        var trial = _running.Start();
        Progress?.Started();
        return trial;
    }

    /// <summary>Takes a trial that has ended, as it is stored.</summary>
    public void Add(FinishedTrial trial, TrialFolder folder)
    {
        Files.Add(trial);
        if (trial.Failure is { } failure)
        {
            folder.Write("error.txt", failure.Text);
            Tell(trial, failure);
        }

        Repeated += trial.End == TrialEnd.Repeated ? 1 : 0;
        Ended += trial.End == TrialEnd.Repeated ? 0 : 1;
        Failed += trial.End == TrialEnd.Failed ? 1 : 0;
        Withdrawn += trial is { IsReplacing: true, End: TrialEnd.Failed or TrialEnd.Pruned } ? 1 : 0;
        Progress?.Ended(_study, trial);
    }

    /// <summary>Brings the files and the progress to where the store is: trials that other hosts have ended are there too.</summary>
    public void Complete()
    {
        Files.Complete();
        Progress?.Complete(_study);
    }

    /// <summary>Takes that nothing is left to run here, because the last trials run in other processes.</summary>
    public void Waits()
    {
        Progress?.Waiting(_study);
        _waitsSince ??= Stopwatch.GetTimestamp();
        if (!_hasToldWait && Stopwatch.GetElapsedTime(_waitsSince.Value) > WaitUnmentioned)
        {
            _hasToldWait = true;
            _events.Message(string.Create(
                CultureInfo.InvariantCulture, $"{_manifest.Name}: waits for trials that other processes run. Those of a process that has died are run here, at most {_lease.TotalSeconds:0.#} s after its last sign of life."));
        }
    }

    public void Dispose() => Files.Dispose();

    /// <summary>
    /// The first failure is told at once, and as a warning when it is that of the first trial of the call: what breaks the first mostly breaks all. The first trial that was
    /// killed is told too; the others are counted.
    /// </summary>
    private void Tell(FinishedTrial trial, TrialFailure failure)
    {
        var what = $"{failure.Headline} (see {_shown(Folder.ErrorOf(trial.Number))})";
        if (trial.End == TrialEnd.Repeated)
        {
            if (Repeated == 0)
            {
                _events.Message(string.Create(CultureInfo.InvariantCulture, $"{_manifest.Name}: trial {trial.Number} was cut off, and is run again: {what}"));
            }

            return;
        }

        // Of a search that this failure ends it is the error: one mistake is told once.
        var isEnd = _study.Best is null && (_study.Finished >= _settings.MaxEvals || _settings.MaxFailures <= 1);
        if (Ended + Repeated == 0 && !isEnd)
        {
            HasWarned = true;
            var which = trial.Number == 0 ? "The first trial" : string.Create(CultureInfo.InvariantCulture, $"The first trial of this call, trial {trial.Number},");
            _events.Warning(HostErrors.FirstTrialFailed, SourcePlace.OfStack(failure.Stack), $"{which} failed: {what}");
        }
        else if (FirstFailure is null && !isEnd)
        {
            _events.Message(string.Create(CultureInfo.InvariantCulture, $"{_manifest.Name}: trial {trial.Number} failed: {what}"));
        }

        FirstFailure ??= trial;
    }
}
