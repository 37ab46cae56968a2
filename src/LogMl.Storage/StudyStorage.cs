using LogMl.Optimization;
using LogMl.Shared;
using LogMl.Storage.Encoding;

namespace LogMl.Storage;

/// <summary>
/// Where studies live, from <see cref="StudyStorages"/>. Any number of processes may have the same storage open. <see cref="StoredStudy"/>
/// is what a program works with.
/// </summary>
/// <remarks>
/// <para>Any thread may use it. All members throw a <see cref="StorageException"/> when the database cannot be used.</para>
/// <para>Each process is an <see cref="Owner"/>. What changes a trial is one transaction and says whether it was in time: a trial is
/// created, claimed and ended once, whoever tries.</para>
/// </remarks>
public abstract class StudyStorage : IDisposable
{
    private const int MostNames = 10;

    internal StudyStorage()
    {
    }

    /// <summary>The storage in words, for messages; without anything secret.</summary>
    public abstract string DisplayName { get; }

    /// <summary>Whether nothing is written (<see cref="StorageOptions.ReadOnly"/>).</summary>
    internal virtual bool IsReadOnly => false;

    /// <summary>The trials that the studies of this storage run in this process.</summary>
    internal HeldTrials Held { get; } = new();

    /// <summary>
    /// The studies of the storage, in the order of their creation. Their trials are counted by the database, and not read.
    /// </summary>
    /// <returns>Name, objectives, trials by state, the best of them, and when they ran.</returns>
    public abstract IReadOnlyList<StudySummary> ListStudies();

    /// <summary>Opens a study to look at: for reports, or to watch a search. The space is the stored one.</summary>
    /// <param name="name">The name of the study.</param>
    /// <returns>The study, with all trials that are stored.</returns>
    /// <exception cref="StorageException">
    /// There is no such study, or it has no space: another program has begun it, and its trials have different ones.
    /// </exception>
    public StudyView ViewStudy(string name)
    {
        var record = RequireStudy(name);
        var options = new StudyOptions { Sampler = Samplers.Random(seed: 0), Directions = record.Directions };
        var study = new Study(StoredSpace.Of(this, record), options);
        var points = new PointEncoding(study.Parameters, integers: []);
        var view = new StudyView(this, record, study, points);
        view.Refresh();
        return view;
    }

    /// <summary>Deletes a study with its trials. Whoever searches it at this moment gets <see cref="StorageProblem.Deleted"/>.</summary>
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

        string[] names = [.. ListStudies().Select(other => other.Name)];
        var meant = NearestName.Find(name, names);
        throw new StorageException(
            StorageProblem.NotFound,
            $"There is no study '{name}' in the {DisplayName}{(meant is null ? "" : $" (did you mean '{meant}'?)")}. "
            + $"It has {Listed(names)}.");
    }

    private static string Listed(string[] names) => names.Length == 0
        ? "none"
        : string.Join(", ", names.Take(MostNames).Select(name => $"'{name}'"))
            + (names.Length > MostNames ? FormattableString.Invariant($" and {names.Length - MostNames} more") : "");

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

    /// <summary>For how long a process may be silent before others take it for dead.</summary>
    internal abstract TimeSpan Lease { get; }

    /// <summary>
    /// Makes sure that others can read all that this process has stored: another program may have cut or overwritten a file while it was
    /// open. Where there is no file it does nothing. It looks at everything: 0.05 s for 5,000 trials of ten parameters, 1 s for 100,000.
    /// </summary>
    internal abstract void RequireWhole();

    /// <summary>Finds a study.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The study; null when there is none of this name.</returns>
    internal abstract StudyRecord? FindStudy(string name);

    /// <summary>Creates a study, with trials that wait.</summary>
    /// <param name="name">Its name; not empty, at most 512 characters.</param>
    /// <param name="directions">The direction of each objective.</param>
    /// <param name="attributes">The first attributes: JSON by key.</param>
    /// <param name="waiting">
    /// For each trial that shall wait the values that it shall have, as a JSON object by name, with options instead of indices.
    /// </param>
    /// <returns>The study; that of another process when one was faster.</returns>
    internal abstract StudyRecord CreateStudy(
        string name, IReadOnlyList<Direction> directions, IReadOnlyDictionary<string, string> attributes, IReadOnlyList<string> waiting);

    /// <summary>Deletes a study with its trials.</summary>
    /// <param name="studyId">Which.</param>
    internal abstract void DeleteStudy(long studyId);

    /// <summary>Notes something about a study; what was noted under the key before is replaced.</summary>
    /// <param name="studyId">Which.</param>
    /// <param name="attributes">JSON by key.</param>
    internal abstract void SetStudyAttributes(long studyId, IReadOnlyDictionary<string, string> attributes);

    /// <summary>Whether an attribute of a study is one that LogMl itself notes.</summary>
    internal static bool IsOwnKey(string key) =>
        key.StartsWith("logml:", StringComparison.Ordinal) || key.StartsWith("study:", StringComparison.Ordinal);

    /// <summary>Reads the trials that are new, and those of which more may be known than before.</summary>
    /// <param name="studyId">Of which study.</param>
    /// <param name="afterNumber">Trials with a greater number are new; -1 for all.</param>
    /// <param name="unfinished">The keys of earlier trials to read again.</param>
    /// <returns>The trials in the order of their numbers.</returns>
    internal abstract IReadOnlyList<TrialRecord> ReadTrials(long studyId, int afterNumber, IReadOnlyCollection<long> unfinished);

    /// <summary>Reads what is noted about the trials of a study.</summary>
    /// <param name="studyId">Of which study.</param>
    /// <param name="key">Which attribute; null for all.</param>
    /// <returns>For each trial that has any, by number, its attributes in the order in which they were noted first: JSON by key.</returns>
    internal abstract IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>> ReadTrialAttributes(long studyId, string? key = null);

    /// <summary>The distributions that trials have had, in Optuna's JSON: each different one of each parameter, the latest last.</summary>
    /// <param name="studyId">Of which study.</param>
    /// <returns>Names and distributions.</returns>
    internal abstract IReadOnlyList<(string Name, string DistributionJson)> ReadDistributions(long studyId);

    /// <summary>Creates a running trial, unless there is one with its number.</summary>
    /// <param name="studyId">In which study.</param>
    /// <param name="number">The number it shall have: one more than the greatest.</param>
    /// <param name="parameters">Its whole point.</param>
    /// <param name="attributes">What is noted about it: JSON by key.</param>
    /// <returns>
    /// Its key; null when another process has created a trial meanwhile, or there is no such study, or no trial before it, any more.
    /// </returns>
    internal abstract long? TryCreateTrial(
        long studyId, int number, IReadOnlyList<ParameterRecord> parameters, IReadOnlyDictionary<string, string> attributes);

    /// <summary>Adds a trial that waits.</summary>
    /// <param name="studyId">To which study.</param>
    /// <param name="fixedParametersJson">The values that it shall have, as for <see cref="CreateStudy"/>.</param>
    internal abstract void Enqueue(long studyId, string fixedParametersJson);

    /// <summary>Makes a waiting trial a running one of this process.</summary>
    /// <param name="trialId">Which.</param>
    /// <param name="missing">The parameters that it does not have yet.</param>
    /// <param name="attributes">What is noted about it: JSON by key.</param>
    /// <returns>False when it does not wait any more.</returns>
    internal abstract bool TryClaim(long trialId, IReadOnlyList<ParameterRecord> missing, IReadOnlyDictionary<string, string> attributes);

    /// <summary>Stores an intermediate value of a running trial; that of the same step before is replaced.</summary>
    /// <param name="trialId">Of which.</param>
    /// <param name="step">The step.</param>
    /// <param name="value">The value; it may be NaN or infinite.</param>
    internal abstract void Report(long trialId, int step, double value);

    /// <summary>Notes something about a running trial of this process; what was noted under the name before is replaced.</summary>
    /// <param name="trialId">Of which.</param>
    /// <param name="name">The name of the attribute.</param>
    /// <param name="json">Its value.</param>
    internal abstract void SetTrialAttribute(long trialId, string name, string json);

    /// <summary>Ends a running trial of this process. When the call returns, the end is on the disk.</summary>
    /// <param name="trialId">Which.</param>
    /// <param name="ending">How it ended.</param>
    /// <returns>False when it does not run any more, or another process has it.</returns>
    internal abstract bool TryFinish(long trialId, TrialEnding ending);

    /// <summary>Gives a running trial of this process back: it waits, with its point, for whoever claims it next.</summary>
    /// <param name="trialId">Which.</param>
    /// <returns>False when it does not run any more, or another process has it.</returns>
    internal abstract bool TryRelease(long trialId);

    /// <summary>
    /// Fails a running trial whose run was cut off, and lets a copy of it wait, unless that was tried often enough: Optuna's
    /// <c>RetryHeartbeatStaleTrialCallback</c>.
    /// </summary>
    /// <param name="studyId">Of which study.</param>
    /// <param name="trial">The trial, of this process.</param>
    /// <param name="maxRetries">How many copies there may be, one after the other.</param>
    /// <param name="attributes">What is noted about the failed trial: JSON by key.</param>
    /// <returns>False when it does not run any more, or another process has it.</returns>
    internal abstract bool TryFailAndRetry(long studyId, TrialRecord trial, int maxRetries, IReadOnlyDictionary<string, string> attributes);

    /// <summary>
    /// Lets a trial that is over run again: a copy of it waits, kept as <see cref="TryFailAndRetry"/> keeps one. A result that the trial
    /// has stays until the copy, or a retry of it, has ended by itself: then the trial is failed in the same transaction, however the copy
    /// ended (<see cref="TrialEnding.Replaces"/>). A <see cref="StoredStudy"/> that is open does not take back what its sampler has learnt
    /// from the trial; one that is opened afterwards shows its sampler the new result only.
    /// </summary>
    /// <param name="studyId">Of which study.</param>
    /// <param name="trial">The last run of an evaluation.</param>
    /// <param name="number">The number that the copy shall have: one more than the greatest.</param>
    /// <param name="reason">What is noted as <c>fail_reason</c> about the trial whose result is withdrawn then; null for nothing.</param>
    /// <returns>False when another process has created a trial meanwhile; then nothing was changed.</returns>
    internal abstract bool TryRepeat(long studyId, TrialRecord trial, int number, string? reason);

    /// <summary>
    /// Does what <see cref="TryFailAndRetry"/> does with all trials of a study whose owners are gone: dead, or silent for longer than a
    /// lease lasts; and with those of other programs that have given Optuna's heartbeats, and are silent for longer than
    /// <see cref="StorageOptions.GracePeriod"/>.
    /// </summary>
    /// <param name="studyId">Of which study.</param>
    /// <param name="maxRetries">How many copies there may be, one after the other.</param>
    /// <returns>How many there were.</returns>
    internal abstract int Reap(long studyId, int maxRetries);

    /// <summary>
    /// Whether another process that is alive runs a trial of a study; of other programs, one that gives Optuna's heartbeats.
    /// </summary>
    /// <param name="studyId">Of which study.</param>
    /// <returns>True if there is one, as far as can be seen.</returns>
    internal abstract bool IsSearched(long studyId);

    /// <summary>Renews the leases of all trials that this process runs; to be called a few times for each length of a lease.</summary>
    internal abstract void Beat();

    /// <summary>Closes the storage. Studies that are open in it are disposed before.</summary>
    public abstract void Dispose();
}
