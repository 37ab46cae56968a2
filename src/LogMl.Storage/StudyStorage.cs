using LogMl.Optimization;
using LogMl.Shared;
using LogMl.Storage.Encoding;

namespace LogMl.Storage;

/// <summary>
/// A storage of studies. <see cref="StudyStorages"/> opens one. Any number of processes may have the same storage open. Programs work with
/// its studies through <see cref="StoredStudy"/>.
/// </summary>
/// <remarks>
/// <para>Each process is an <see cref="Owner"/>. Each change of a trial is one transaction, which says whether it came in time: a trial is
/// created, claimed and ended once, whichever processes try.</para>
/// </remarks>
public abstract class StudyStorage : IDisposable
{
    private const int MaxNames = 10;

    internal StudyStorage()
    {
    }

    /// <summary>The name of the storage in messages. It has no secret in it.</summary>
    public abstract string DisplayName { get; }

    /// <summary>Whether the storage is opened for reading only (<see cref="StorageOptions.ReadOnly"/>).</summary>
    internal virtual bool IsReadOnly => false;

    /// <summary>The trials that the studies of this storage run in this process.</summary>
    internal HeldTrials Held { get; } = new();

    /// <summary>The studies of the storage, in the order of their creation. The database counts their trials; they are not read.</summary>
    /// <returns>Name, objectives, trials by state, the best of them, and when they ran.</returns>
    public abstract IReadOnlyList<StudySummary> ListStudies();

    /// <summary>The names of the studies, in the order of their creation.</summary>
    internal abstract IReadOnlyList<string> ListNames();

    /// <summary>Opens a study for reading: for reports, or to watch a search. Its space is the stored one.</summary>
    /// <param name="name">The name of the study.</param>
    /// <returns>The study, with all trials that are stored.</returns>
    /// <exception cref="StorageException">
    /// There is no such study, or it has no space: another program has begun it, and its trials have different ones.
    /// </exception>
    public StudyView ViewStudy(string name)
    {
        var record = RequireStudy(name);
        var options = new StudyOptions { Sampler = Samplers.Random(seed: 0), Directions = record.Directions };
        var study = new Study(StoredSpace.Of(this, record), options) { IsStored = true };
        var points = new PointEncoding(study.Parameters, integers: [])
        {
            Fixed = FixedValues.Of(this, record, study.Parameters, given: null, []),
        };
        var view = new StudyView(this, record, study, points);
        view.Refresh();
        return view;
    }

    /// <summary>Deletes a study with its trials. A process that is searching it gets <see cref="StorageProblem.Deleted"/>.</summary>
    /// <param name="name">The name of the study.</param>
    /// <returns>False when there is no such study.</returns>
    /// <exception cref="InvalidOperationException">The storage is read only.</exception>
    public bool DeleteStudy(string name)
    {
        RequireWritable();
        if (FindStudy(name) is not { } study)
        {
            return false;
        }

        DeleteStudy(study.Id);
        return true;
    }

    /// <exception cref="StorageException">There is no such study.</exception>
    internal StudyRecord RequireStudy(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (FindStudy(name) is { } study)
        {
            return study;
        }

        var names = ListNames();
        var meant = NearestName.Find(name, names);
        throw new StorageException(
            StorageProblem.NotFound,
            $"There is no study '{name}' in the {DisplayName}{(meant is null ? "" : $" (did you mean '{meant}'?)")}. "
            + $"It has {Listed(names)}.");
    }

    private static string Listed(IReadOnlyList<string> names) => names.Count == 0
        ? "none"
        : string.Join(", ", names.Take(MaxNames).Select(name => $"'{name}'"))
            + (names.Count > MaxNames ? FormattableString.Invariant($" and {names.Count - MaxNames} more") : "");

    /// <exception cref="InvalidOperationException">The storage is read only.</exception>
    internal void RequireWritable()
    {
        if (IsReadOnly)
        {
            throw new InvalidOperationException(
                $"The {DisplayName} was opened to be read only ({nameof(StorageOptions)}.{nameof(StorageOptions.ReadOnly)}).");
        }
    }

    /// <summary>The name under which this process holds its trials, different from that of any other.</summary>
    internal abstract string Owner { get; }

    /// <summary>How long a process may go without a heartbeat before it counts as dead.</summary>
    internal abstract TimeSpan Lease { get; }

    /// <summary>
    /// Checks that other processes can read everything that this process has stored: another program may have cut or overwritten a file
    /// while it was open. It does nothing where there is no file. It reads everything: 0.05 s for 5,000 trials of ten parameters, 1 s for
    /// 100,000.
    /// </summary>
    internal abstract void RequireWhole();

    /// <summary>Finds a study.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The study; null when there is none of this name.</returns>
    internal abstract StudyRecord? FindStudy(string name);

    /// <summary>Creates a study with waiting trials.</summary>
    /// <param name="name">Its name; not empty, at most 512 characters.</param>
    /// <param name="directions">The direction of each objective.</param>
    /// <param name="attributes">The first attributes: JSON by key.</param>
    /// <param name="waiting">For each waiting trial its values, as a JSON object by name, with options instead of indices.</param>
    /// <param name="finished">Trials that have ended, which come before the waiting ones; null for none.</param>
    /// <returns>The study. When another process has created it first, it is that one.</returns>
    internal abstract StudyRecord CreateStudy(
        string name, IReadOnlyList<Direction> directions, IReadOnlyDictionary<string, string> attributes, IReadOnlyList<string> waiting,
        IReadOnlyList<FinishedRecord>? finished = null);

    /// <summary>Deletes a study with its trials.</summary>
    /// <param name="studyId">The study.</param>
    internal abstract void DeleteStudy(long studyId);

    /// <summary>Reads a whole study, for a copy of it.</summary>
    /// <param name="study">The study.</param>
    internal abstract StudyCopy ReadCopy(StudyRecord study);

    /// <summary>Creates a study from a copy: all of it, or nothing.</summary>
    /// <param name="study">The study. None of its trials runs.</param>
    /// <returns>False when there is a study of this name already.</returns>
    internal abstract bool TryWriteCopy(StudyCopy study);

    /// <summary>Sets attributes of a study, and replaces those with the same keys.</summary>
    /// <param name="studyId">The study.</param>
    /// <param name="attributes">JSON by key.</param>
    internal abstract void SetStudyAttributes(long studyId, IReadOnlyDictionary<string, string> attributes);

    /// <summary>Replaces the constraints of complete trials.</summary>
    /// <param name="constraints">The values of the constraints by the key of the trial; none to remove those that it has.</param>
    internal abstract void SetConstraints(IReadOnlyDictionary<long, IReadOnlyList<double>> constraints);

    /// <summary>Whether LogMl itself uses an attribute of a study.</summary>
    internal static bool IsOwnKey(string key) =>
        key.StartsWith("logml:", StringComparison.Ordinal) || key.StartsWith("study:", StringComparison.Ordinal);

    /// <summary>Reads new trials, and earlier ones that may have changed.</summary>
    /// <param name="studyId">The study.</param>
    /// <param name="afterNumber">Trials with a greater number are new; -1 for all.</param>
    /// <param name="unfinished">The keys of earlier trials to read again.</param>
    /// <returns>The trials in the order of their numbers.</returns>
    internal abstract IReadOnlyList<TrialRecord> ReadTrials(long studyId, int afterNumber, IReadOnlyCollection<long> unfinished);

    /// <summary>Those of the trials that do not run. To ask this of many costs a fraction of reading them.</summary>
    /// <param name="trials">The keys of trials.</param>
    internal abstract IReadOnlyCollection<long> FindNotRunning(IReadOnlyCollection<long> trials);

    /// <summary>Reads the user attributes of the trials of a study.</summary>
    /// <param name="studyId">The study.</param>
    /// <param name="key">The attribute to read; null for all.</param>
    /// <param name="trials">The keys of the trials whose attributes are read; null for all.</param>
    /// <returns>
    /// The attributes by the number of their trial, in the order in which they were first set: JSON by key. Trials without any are left
    /// out.
    /// </returns>
    internal abstract IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>> ReadTrialAttributes(
        long studyId, string? key = null, IReadOnlyCollection<long>? trials = null);

    /// <summary>Reads when a trial was started and when it ended.</summary>
    /// <param name="trialId">The trial.</param>
    /// <returns>The times, each null when it is not over yet; both null when there is no such trial.</returns>
    internal abstract (DateTime? Started, DateTime? Completed) ReadTimes(long trialId);

    /// <summary>
    /// The distributions of the study's trials in Optuna's JSON: each different one of each parameter; the latest is the last.
    /// </summary>
    /// <param name="studyId">The study.</param>
    /// <returns>Names and distributions.</returns>
    internal abstract IReadOnlyList<(string Name, string DistributionJson)> ReadDistributions(long studyId);

    /// <summary>Creates a running trial, unless its number is taken.</summary>
    /// <param name="studyId">The study.</param>
    /// <param name="number">Its number: one more than the greatest.</param>
    /// <param name="parameters">Its whole point.</param>
    /// <param name="attributes">Attributes for the trial: JSON by key.</param>
    /// <returns>
    /// Its key. Null when another process has created a trial meanwhile, or when the study or the trial before it no longer exists.
    /// </returns>
    internal abstract long? TryCreateTrial(
        long studyId, int number, IReadOnlyList<ParameterRecord> parameters, IReadOnlyDictionary<string, string> attributes);

    /// <summary>Adds a waiting trial.</summary>
    /// <param name="studyId">The study.</param>
    /// <param name="fixedParametersJson">Its values, as for <see cref="CreateStudy"/>.</param>
    internal abstract void Enqueue(long studyId, string fixedParametersJson);

    /// <summary>Claims a waiting trial: it becomes a running trial of this process.</summary>
    /// <param name="trialId">The trial.</param>
    /// <param name="missing">The parameters that it does not have yet.</param>
    /// <param name="attributes">Attributes for the trial: JSON by key.</param>
    /// <returns>False when it is no longer waiting.</returns>
    internal abstract bool TryClaim(long trialId, IReadOnlyList<ParameterRecord> missing, IReadOnlyDictionary<string, string> attributes);

    /// <summary>Stores an intermediate value of a running trial. It replaces an earlier value of the same step.</summary>
    /// <param name="trialId">The trial.</param>
    /// <param name="step">The step.</param>
    /// <param name="value">The value; it may be NaN or infinite.</param>
    internal abstract void Report(long trialId, int step, double value);

    /// <summary>Sets an attribute of a running trial of this process. An earlier value is replaced.</summary>
    /// <param name="trialId">The trial.</param>
    /// <param name="name">The name of the attribute.</param>
    /// <param name="json">Its value.</param>
    internal abstract void SetTrialAttribute(long trialId, string name, string json);

    /// <summary>Ends a running trial of this process. When the call returns, the end is on the disk.</summary>
    /// <param name="trialId">The trial.</param>
    /// <param name="ending">How it ended.</param>
    /// <returns>False when it is no longer running, or another process has it.</returns>
    internal abstract bool TryFinish(long trialId, TrialEnding ending);

    /// <summary>Releases a running trial of this process. It waits again, with its point, until a process claims it.</summary>
    /// <param name="trialId">The trial.</param>
    /// <returns>False when it is no longer running, or another process has it.</returns>
    internal abstract bool TryRelease(long trialId);

    /// <summary>
    /// Fails a running trial that was cut off, and adds a waiting copy of it, unless it has been copied often enough. This is Optuna's
    /// <c>RetryHeartbeatStaleTrialCallback</c>.
    /// </summary>
    /// <param name="studyId">The study.</param>
    /// <param name="trial">The trial, of this process.</param>
    /// <param name="maxRetries">The greatest number of copies, one after the other.</param>
    /// <param name="attributes">Attributes for the failed trial: JSON by key.</param>
    /// <returns>False when it is no longer running, or another process has it.</returns>
    internal abstract bool TryFailAndRetry(long studyId, TrialRecord trial, int maxRetries, IReadOnlyDictionary<string, string> attributes);

    /// <summary>
    /// Schedules a finished trial to run again: adds a waiting copy, as <see cref="TryFailAndRetry"/> does. A result of the trial stays
    /// until the copy, or a retry of it, has ended by itself. Then the trial is failed in the same transaction, however the copy ended
    /// (<see cref="TrialEnding.Replaces"/>). An open <see cref="StoredStudy"/> does not take back what its sampler has learnt from the
    /// trial; one that is opened afterwards shows its sampler only the new result.
    /// </summary>
    /// <param name="studyId">The study.</param>
    /// <param name="trial">The last run of an evaluation.</param>
    /// <param name="number">The number of the copy: one more than the greatest.</param>
    /// <param name="reason">The <c>fail_reason</c> of the trial when its result is replaced; null for none.</param>
    /// <returns>False when another process has created a trial meanwhile. Then nothing was changed.</returns>
    internal abstract bool TryRepeat(long studyId, TrialRecord trial, int number, string? reason);

    /// <summary>
    /// Does what <see cref="TryFailAndRetry"/> does, for all trials of a study whose owners are dead or have sent no heartbeat for longer
    /// than a lease; and for trials of other programs whose Optuna heartbeats have stopped for longer than
    /// <see cref="StorageOptions.GracePeriod"/>.
    /// </summary>
    /// <param name="studyId">The study.</param>
    /// <param name="maxRetries">The greatest number of copies, one after the other.</param>
    /// <returns>The number of such trials.</returns>
    internal abstract int Reap(long studyId, int maxRetries);

    /// <summary>
    /// Whether another living process runs a trial of a study. Of other programs, only those with Optuna's heartbeats count.
    /// </summary>
    /// <param name="studyId">The study.</param>
    /// <returns>True if there seems to be one.</returns>
    internal abstract bool IsSearched(long studyId);

    /// <summary>
    /// The running trials of a study in the order of their numbers, with the signs of life of those who run them, by the clock of the
    /// database.
    /// </summary>
    /// <param name="studyId">The study.</param>
    internal abstract IReadOnlyList<RunningRecord> ReadRunning(long studyId);

    /// <summary>Renews the leases of all trials that this process runs. Call it several times during each lease.</summary>
    internal abstract void RenewLeases();

    /// <summary>Closes the storage. Dispose its open studies first.</summary>
    public abstract void Dispose();
}
