using LogMl.Optimization;
using LogMl.Shared;
using LogMl.Storage;
using LogMl.Storage.Encoding;

namespace LogMl.Report.Reading;

/// <summary>
/// Reads a study with all that a report shows. A reader that is asked again reads what has changed since: trials that are new, and those
/// that had not ended.
/// </summary>
/// <param name="storage">The storage; read only is enough.</param>
/// <param name="name">The name of the study.</param>
/// <param name="time">The time; null for that of the system.</param>
internal sealed class StudyReader(StudyStorage storage, string name, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly SortedList<int, TrialRecord> _trials = [];
    private readonly Dictionary<int, IReadOnlyDictionary<string, string>> _notes = [];
    private IReadOnlyList<(string Name, StoredDistribution Distribution)> _distributions = [];
    private StudyRecord? _study;
    private StudyView? _view;
    private SearchSpace? _space;
    private string? _noSpace;
    private int? _ended;
    private IReadOnlyList<HostState> _hosts = [];
    private Stragglers _stragglers = Stragglers.None;
    private bool _isRunning;
    private long? _activeAt;

    /// <summary>Reads a study once.</summary>
    /// <exception cref="StorageException">There is no such study, or the storage cannot be used.</exception>
    public static StudyContent Read(StudyStorage storage, string name) => new StudyReader(storage, name).Read()!;

    /// <summary>Reads what has changed since the last call.</summary>
    /// <returns>The study; null when nothing has changed.</returns>
    /// <exception cref="StorageException">There is no such study any more, or the storage cannot be used.</exception>
    public StudyContent? Read()
    {
        var study = storage.RequireStudy(name);
        var running = storage.ReadRunning(study.Id);
        var isSearched = running.Any(trial => trial.IsAlive && trial.Owner != storage.Owner);
        var changed = _study is not { } known || !IsSameSearch(known, study) ? null : ReadChanges(study);
        if (isSearched || changed?.Any(trial => trial.State != StoredState.Waiting) == true)
        {
            _activeAt = _time.GetTimestamp();
        }

        // A search with few workers runs no trial while it looks for the next point, so that one moment says little.
        var isRunning = isSearched || (_activeAt is { } at && _time.GetElapsedTime(at) < HostStates.Pause
            && NoteReader.Text(study.Attributes, StoredNames.End) is null);

        // When a search has ended, all is read again: then nothing that has escaped a reader of changes is left.
        var isAll = changed is null || (_isRunning && !isRunning);
        var isChanged = isAll || changed!.Count > 0 || isRunning != _isRunning || _view?.Ended != _ended
            || !IsSame(_study!.Attributes, study.Attributes);
        if (isAll)
        {
            ReadAll(study);
        }

        // A host that is gone and a trial that takes long change nothing in the database.
        isChanged |= ReadPlaces(running, isRunning);
        (_study, _isRunning, _ended) = (study, isRunning, _view?.Ended);
        return isChanged ? Content(study) : null;
    }

    private StudyContent Content(StudyRecord study) => new()
    {
        Study = study,
        Storage = storage.DisplayName,
        IsRunning = _isRunning,
        Functions = StoredFunctions.Read(study.Attributes.GetValueOrDefault(StoredFunctions.Key)),
        View = _view,
        Space = _space,
        NoSpace = _noSpace,
        Hosts = _hosts,
        Stragglers = _stragglers,
        Trials = [.. _trials.Values],
        Notes = _notes,
        Distributions = _distributions,
    };

    /// <summary>
    /// Whether the study is the one that was read before, in the same space. What a search changes in earlier trials comes with a change
    /// of its own attributes.
    /// </summary>
    private static bool IsSameSearch(StudyRecord before, StudyRecord now) =>
        before.Id == now.Id && before.Directions.SequenceEqual(now.Directions) && IsSame(Own(before), Own(now));

    private static Dictionary<string, string> Own(StudyRecord study) => study.Attributes
        .Where(attribute => StudyStorage.IsOwnKey(attribute.Key)).ToDictionary(StringComparer.Ordinal);

    private static bool IsSame(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now) =>
        before.Count == now.Count && now.All(pair => before.TryGetValue(pair.Key, out var value) && value == pair.Value);

    /// <returns>Whether a host does something else than before, or there are other stragglers.</returns>
    private bool ReadPlaces(IReadOnlyList<RunningRecord> running, bool isRunning)
    {
        var hosts = HostStates.Of([.. _trials.Values], _notes, running, isRunning);
        var stragglers = running.Count == 0 ? Stragglers.None : Stragglers.Of(running, CompleteSeconds());
        var isOther = !hosts.SequenceEqual(_hosts)
            || !stragglers.Trials.Select(trial => trial.Number).SequenceEqual(_stragglers.Trials.Select(trial => trial.Number));
        (_hosts, _stragglers) = (hosts, stragglers);
        return isOther;
    }

    private IEnumerable<double> CompleteSeconds() => _trials.Values.Where(trial => trial.State == StoredState.Complete)
        .Select(trial => TrialTimes.Of(trial, _notes.GetValueOrDefault(trial.Number) ?? new Dictionary<string, string>()).Seconds)
        .OfType<double>();

    /// <returns>The trials that have changed; null when all must be read again.</returns>
    private List<TrialRecord>? ReadChanges(StudyRecord study)
    {
        // The trials are read after the view, so that each trial of the view is among them.
        _view?.Refresh();
        var last = _trials.Count == 0 ? null : _trials.Values[^1];
        long[] again =
        [
            .. _trials.Values.Where(trial => trial == last || trial.State is StoredState.Running or StoredState.Waiting)
                .Select(trial => trial.Id),
        ];
        var read = storage.ReadTrials(study.Id, last?.Number ?? -1, again);
        if (last is not null && (!read.Any(trial => IsStill(last, trial)) || read.Any(IsReplacement)))
        {
            return null;
        }

        var changed = read.Where(trial => !_trials.TryGetValue(trial.Number, out var before) || !IsSame(before, trial)).ToList();
        if (changed.Any(HasOtherDistributions))
        {
            // The space of another program's study follows from its trials.
            if (_view is null || !study.Attributes.ContainsKey(SpaceCompatibility.SpaceKey))
            {
                return null;
            }

            ReadDistributions(study);
        }

        if (changed.Count > 0)
        {
            Keep(changed, storage.ReadTrialAttributes(study.Id, key: null, [.. changed.Select(trial => trial.Id)]));
        }

        return changed;
    }

    private void ReadAll(StudyRecord study)
    {
        _trials.Clear();
        _notes.Clear();
        ReadView();
        Keep(storage.ReadTrials(study.Id, -1, []), storage.ReadTrialAttributes(study.Id));
        ReadDistributions(study);
    }

    private void Keep(IEnumerable<TrialRecord> trials, IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>> notes)
    {
        foreach (var trial in trials)
        {
            _trials[trial.Number] = trial;
        }

        foreach (var (number, ofTrial) in notes)
        {
            _notes[number] = ofTrial;
        }
    }

    /// <summary>Whether a trial is the one that was read before: a study of the same name may have been made anew.</summary>
    private static bool IsStill(TrialRecord before, TrialRecord now) =>
        before.Id == now.Id && before.Number == now.Number
        && (before.Started == now.Started || before.State is StoredState.Waiting or StoredState.Running);

    /// <summary>Whether a trial has taken the place of an earlier one, which is failed from then on.</summary>
    private bool IsReplacement(TrialRecord trial) => trial.RetryHistory.Count > 0
        && trial.State is not (StoredState.Waiting or StoredState.Running) && _trials.GetValueOrDefault(trial.Number)?.State != trial.State;

    private static bool IsSame(TrialRecord before, TrialRecord now) =>
        before.State == now.State && before.Started == now.Started && before.Parameters.SequenceEqual(now.Parameters)
        && before.Values.SequenceEqual(now.Values) && before.Reports.SequenceEqual(now.Reports)
        && before.Constraints.SequenceEqual(now.Constraints) && before.UserAttributes.SequenceEqual(now.UserAttributes);

    private bool HasOtherDistributions(TrialRecord trial) =>
        _view is null || trial.Parameters.Any(pair => !_distributions.Any(known => known.Name == pair.Key));

    private void ReadDistributions(StudyRecord study) => _distributions =
    [
        .. storage.ReadDistributions(study.Id).Select(pair => (pair.Name, DistributionJson.Read(pair.DistributionJson)))
            .Where(pair => pair.Item2 is not null).Select(pair => (pair.Name, pair.Item2!)),
    ];

    /// <summary>
    /// The study with its space. A study of another program may have no common space, or no trial yet: then the report shows its trials
    /// alone.
    /// </summary>
    private void ReadView()
    {
        try
        {
            _view = storage.ViewStudy(name);
            _space = StoredSpace.Of(storage, storage.RequireStudy(name));
            _noSpace = null;
        }
        catch (StorageException exception) when (exception.Problem == StorageProblem.NoSpace)
        {
            _view = null;
            _space = null;
            _noSpace = exception.Message;
        }
    }
}
