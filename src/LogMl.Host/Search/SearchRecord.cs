using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using LogMl.Host.Inputs;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Host.Telemetry;
using LogMl.Shared.Spaces;
using LogMl.Shared.Wire;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>
/// Records a search where people look: in the folders of the trials, the files of the study, the progress, and the message of the first
/// failure.
/// </summary>
internal sealed class SearchRecord : IDisposable
{
    /// <summary>Waiting is announced only after this time. Other hosts mostly end their last trials about when this one does.</summary>
    private static readonly TimeSpan UnannouncedWait = TimeSpan.FromSeconds(2);

    private readonly HostEvents _events;
    private readonly Manifest _manifest;
    private readonly SearchSettings _settings;
    private readonly StoredStudy _study;
    private readonly ParametersYaml _yaml;
    private readonly TrialInputs _inputs;
    private readonly bool _isSameAsLastCall;
    private readonly TimeSpan _lease;
    private readonly Func<string, string> _displayPath;
    private readonly RunningTrials _running = new(TimeProvider.System);
    private readonly ConcurrentDictionary<string, bool> _foldWarnings = new(StringComparer.Ordinal);
    private long? _waitingSince;
    private bool _hasAnnouncedWait;

    /// <param name="events">Receives the messages.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="folder">The folder of the study.</param>
    /// <param name="settings">The settings of the search.</param>
    /// <param name="storage">The storage of the study.</param>
    /// <param name="study">The study.</param>
    /// <param name="inputs">The inputs of the trials.</param>
    /// <param name="isSameAsLastCall">Whether the inputs are those of the last call.</param>
    /// <param name="displayPath">Returns the path to show.</param>
    /// <param name="onFinalMoved">Receives the new place of an earlier final run.</param>
    /// <param name="telemetry">The telemetry.</param>
    /// <param name="writesFiles">Whether this host may write the files of the study as a whole.</param>
    public SearchRecord(
        HostEvents events, Manifest manifest, StudyFolder folder, SearchSettings settings, StudyStorage storage, StoredStudy study,
        TrialInputs inputs, bool isSameAsLastCall, Func<string, string> displayPath, Action<string> onFinalMoved,
        SearchTelemetry telemetry, bool writesFiles = true)
    {
        _inputs = inputs;
        _isSameAsLastCall = isSameAsLastCall;
        _events = events;
        _manifest = manifest;
        _settings = settings;
        _study = study;
        Folder = folder;
        Files = new ResultFiles(events, folder, manifest, storage, study, inputs, onFinalMoved, writesFiles);
        _yaml = manifest.Functions;
        _lease = storage.Lease;
        _displayPath = displayPath;
        Telemetry = telemetry;
        telemetry.Describe(manifest, settings.Algorithm, settings.Seed, settings.MaxEvals, settings.Workers);
        telemetry.Watch(() => _running.Count);
        Progress = settings.ShowProgress
            ? new ProgressReporter(events, study, settings.Goals, settings.MaxEvals, _running, TimeProvider.System)
            : null;
    }

    public StudyFolder Folder { get; }

    public ResultFiles Files { get; }

    public SearchTelemetry Telemetry { get; }

    /// <summary>Sends the progress until it is disposed; null when it is switched off.</summary>
    public ProgressReporter? Progress { get; }

    /// <summary>The number of evaluations that this host has finished.</summary>
    public int Ended { get; private set; }

    /// <summary>The number of those that failed.</summary>
    public int Failed { get; private set; }

    /// <summary>The number of trials of this host that were cut off and are repeated under other numbers.</summary>
    public int Repeated { get; private set; }

    /// <summary>The number of folds of this host that were cut off, and are run again within their trials.</summary>
    public int LostFolds { get; private set; }

    /// <summary>The number of earlier results that no longer count, because their trials were run again without a result.</summary>
    public int RevokedResults { get; private set; }

    /// <summary>The first failed trial of this host.</summary>
    public FailedTrial? FirstFailure { get; private set; }

    /// <summary>Whether a warning has reported its failure.</summary>
    public bool HasWarned { get; private set; }

    /// <summary>The folder of a trial that starts.</summary>
    public TrialFolder Begin(StoredTrial trial)
    {
        OtherPrograms.Warn(_events, trial);
        var folder = Folder.BeginTrial(
            trial.Number,
            () => _yaml.Write([string.Create(CultureInfo.InvariantCulture, $"{_manifest.Name}: trial {trial.Number}")], trial.Values),
            trial.Continues is { } run && HasTodaysInputs(run, trial.Number) ? run : null);
        if (folder.LeftOut.Count > 0)
        {
            _events.Message(string.Create(
                CultureInfo.InvariantCulture,
                $"{_manifest.Name}: trial {trial.Number} goes on without what is no file, but a pipe, a socket or a device: "
                + $"{string.Join(", ", folder.LeftOut.Select(path => $"'{_displayPath(path)}'"))}"));
        }

        return folder;
    }

    /// <summary>
    /// Whether a run that was cut off had the inputs of this call. What other code has left behind may not be what today's code can read.
    /// </summary>
    private bool HasTodaysInputs(int run, int number) => run == number ? _isSameAsLastCall : !_inputs.IsOutdated(run);

    /// <summary>Warns of folds that are doubtful, once for each reason: it is the same in each trial.</summary>
    public void WarnOfFolds(string text)
    {
        if (_foldWarnings.TryAdd(text, true))
        {
            _events.Warning(HostErrors.DoubtfulFolds, SourcePlace.Unknown, text);
        }
    }

    /// <summary>Warns of an enqueued point that is not run.</summary>
    /// <param name="refused">The point.</param>
    /// <param name="place">Where the search constraint is that refuses it.</param>
    public void WarnOfRefused(RefusedPoint refused, SourcePlace place)
    {
        _events.Warning(
            HostErrors.RefusedPoint, place,
            $"The point {PointText.Of(_manifest, refused.Values)} is not run: {refused.Reason}");
    }

    /// <summary>
    /// Announces that another host searches the study too. So a user who counts the trials of this host does not miss any.
    /// </summary>
    public void AnnounceSharing() =>
        _events.Message($"{_manifest.Name}: another search of this study runs at the same time; the two share its trials");

    /// <summary>Records that the search asks for its first trial.</summary>
    public void BeginAsking() => _running.Begin();

    /// <summary>Records the start of a trial or of the final run.</summary>
    /// <returns>The running trial. Disposing it ends it.</returns>
    public RunningTrials.Run Start()
    {
        var trial = _running.Start();
        Progress?.Started();
        return trial;
    }

    /// <summary>Records a trial that has ended, as it is stored.</summary>
    public void Add(FinishedTrial trial, TrialFolder folder)
    {
        Files.Add(trial);
        if (trial.Failure is { } failure)
        {
            folder.Write(TrialFolder.FailureFile, failure.Text);
            ReportFailure(trial, failure);
        }

        Repeated += trial.End == TrialEnd.Repeated ? 1 : 0;
        Ended += trial.End == TrialEnd.Repeated ? 0 : 1;
        Failed += trial.End == TrialEnd.Failed ? 1 : 0;
        RevokedResults += trial is { IsReplacing: true, End: TrialEnd.Failed or TrialEnd.Pruned } ? 1 : 0;
        Progress?.Ended(_study, trial);
        Telemetry.Add(trial, _study);
    }

    /// <summary>Records a fold that was cut off and is run again. The first one is reported at once.</summary>
    /// <param name="trial">Its trial, which goes on.</param>
    /// <param name="fold">Its number.</param>
    /// <param name="failure">How it was cut off.</param>
    public void AddLostFold(StoredTrial trial, int fold, TrialFailure failure)
    {
        if (++LostFolds == 1)
        {
            _events.Message(string.Create(
                CultureInfo.InvariantCulture,
                $"{_manifest.Name}: fold {fold} of trial {trial.Number} was cut off, and is run again: {failure.Headline}"));
        }
    }

    /// <summary>Brings the files and the progress up to date with the store, with the trials of other hosts.</summary>
    public void Complete()
    {
        Files.Complete();
        Progress?.Complete(_study);
    }

    /// <summary>Records that this host has nothing left to run, because the last trials run in other processes.</summary>
    public void WaitForOthers()
    {
        Progress?.Waiting(_study);
        _waitingSince ??= Stopwatch.GetTimestamp();
        if (!_hasAnnouncedWait && Stopwatch.GetElapsedTime(_waitingSince.Value) > UnannouncedWait)
        {
            _hasAnnouncedWait = true;
            _events.Message(string.Create(
                CultureInfo.InvariantCulture,
                $"{_manifest.Name}: waits for trials that other processes run. Those of a process that has died are run here, "
                + $"at most {_lease.TotalSeconds:0.#} s after its last sign of life."));
        }
    }

    public void Dispose() => Files.Dispose();

    /// <summary>
    /// Reports a failure. The first one is reported at once, and as a warning when it is the first trial of the call: what makes the first
    /// trial fail mostly makes all fail. The first trial that was killed is reported too. All others are only counted.
    /// </summary>
    private void ReportFailure(FinishedTrial trial, TrialFailure failure)
    {
        var what = $"{failure.Headline} (see {_displayPath(Folder.ErrorOf(trial.Number))})";
        if (trial.End == TrialEnd.Repeated)
        {
            if (Repeated == 0)
            {
                _events.Message(string.Create(
                    CultureInfo.InvariantCulture, $"{_manifest.Name}: trial {trial.Number} was cut off, and is run again: {what}"));
            }

            return;
        }

        // When this failure ends the search, it becomes the error of the search. One mistake is reported once.
        var isEnd = !_study.HasResults && (_study.Finished >= _settings.MaxEvals || _settings.MaxFailures <= 1);
        if (Ended + Repeated == 0 && !isEnd)
        {
            HasWarned = true;
            var which = trial.Number == 0
                ? "The first trial"
                : string.Create(CultureInfo.InvariantCulture, $"The first trial of this call, trial {trial.Number},");
            _events.Warning(HostErrors.FirstTrialFailed, SourcePlace.OfStack(failure.Stack), $"{which} failed: {what}");
        }
        else if (FirstFailure is null && !isEnd)
        {
            _events.Message(string.Create(CultureInfo.InvariantCulture, $"{_manifest.Name}: trial {trial.Number} failed: {what}"));
        }

        FirstFailure ??= new FailedTrial(trial.Number, trial.Ended, failure);
    }
}
