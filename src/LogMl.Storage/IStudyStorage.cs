using LogMl.Optimization;

namespace LogMl.Storage;

/// <summary>
/// Where studies live. Any number of processes may have the same storage open; each is an <see cref="Owner"/>. What changes a trial is one transaction and says
/// whether it was in time: a trial is created, claimed and ended once, whoever tries. <see cref="StudyStorages"/> opens one; <see cref="StoredStudy"/> is
/// what a program works with.
/// </summary>
/// <remarks>The members may be called from any thread. All of them throw a <see cref="StorageException"/> when the database cannot be used.</remarks>
public interface IStudyStorage : IDisposable
{
    /// <summary>The name under which this process holds its trials, different from that of any other.</summary>
    string Owner { get; }

    /// <summary>For how long a process may be silent before others take it for dead.</summary>
    TimeSpan Lease { get; }

    /// <summary>The storage in words, for messages; without anything secret.</summary>
    string Shown { get; }

    /// <summary>
    /// Makes sure that others can read all that this process has stored: another program may have cut or overwritten a file while it was open. Where there is no file it does nothing. It looks
    /// at everything: 0.05 s for 5,000 trials of ten parameters, 1 s for 100,000.
    /// </summary>
    void RequireWhole();

    /// <summary>Finds a study.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The study; null when there is none of this name.</returns>
    StudyRecord? FindStudy(string name);

    /// <summary>Creates a study, with trials that wait.</summary>
    /// <param name="name">Its name; not empty, at most 512 characters.</param>
    /// <param name="directions">The direction of each objective.</param>
    /// <param name="attributes">The first attributes: JSON by key.</param>
    /// <param name="waiting">For each trial that shall wait the values that it shall have, as a JSON object by name, with options instead of indices.</param>
    /// <returns>The study; that of another process when one was faster.</returns>
    StudyRecord CreateStudy(
        string name, IReadOnlyList<Direction> directions, IReadOnlyDictionary<string, string> attributes, IReadOnlyList<string> waiting);

    /// <summary>Deletes a study with its trials.</summary>
    /// <param name="studyId">Which.</param>
    void DeleteStudy(long studyId);

    /// <summary>Notes something about a study; what was noted under the key before is replaced.</summary>
    /// <param name="studyId">Which.</param>
    /// <param name="attributes">JSON by key.</param>
    void SetStudyAttributes(long studyId, IReadOnlyDictionary<string, string> attributes);

    /// <summary>Reads the trials that are new, and those of which more may be known than before.</summary>
    /// <param name="studyId">Of which study.</param>
    /// <param name="afterNumber">Trials with a greater number are new; -1 for all.</param>
    /// <param name="unfinished">The keys of earlier trials to read again.</param>
    /// <returns>The trials in the order of their numbers.</returns>
    IReadOnlyList<TrialRecord> ReadTrials(long studyId, int afterNumber, IReadOnlyCollection<long> unfinished);

    /// <summary>Reads what is noted about the trials of a study.</summary>
    /// <param name="studyId">Of which study.</param>
    /// <param name="key">Which attribute; null for all.</param>
    /// <returns>For each trial that has any, by number, its attributes in the order in which they were noted first: JSON by key.</returns>
    IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>> ReadTrialAttributes(long studyId, string? key = null);

    /// <summary>The distributions that trials have had, in Optuna's JSON: each different one of each parameter, the latest last.</summary>
    /// <param name="studyId">Of which study.</param>
    /// <returns>Names and distributions.</returns>
    IReadOnlyList<(string Name, string DistributionJson)> ReadDistributions(long studyId);

    /// <summary>Creates a running trial, unless there is one with its number.</summary>
    /// <param name="studyId">In which study.</param>
    /// <param name="number">The number it shall have: one more than the greatest.</param>
    /// <param name="parameters">Its whole point.</param>
    /// <param name="attributes">What is noted about it: JSON by key.</param>
    /// <returns>Its key; null when another process has created a trial meanwhile, or there is no such study, or no trial before it, any more.</returns>
    long? TryCreateTrial(
        long studyId, int number, IReadOnlyList<ParameterRecord> parameters, IReadOnlyDictionary<string, string> attributes);

    /// <summary>Adds a trial that waits.</summary>
    /// <param name="studyId">To which study.</param>
    /// <param name="fixedParametersJson">The values that it shall have, as for <see cref="CreateStudy"/>.</param>
    void Enqueue(long studyId, string fixedParametersJson);

    /// <summary>Makes a waiting trial a running one of this process.</summary>
    /// <param name="trialId">Which.</param>
    /// <param name="missing">The parameters that it does not have yet.</param>
    /// <param name="attributes">What is noted about it: JSON by key.</param>
    /// <returns>False when it does not wait any more.</returns>
    bool TryClaim(long trialId, IReadOnlyList<ParameterRecord> missing, IReadOnlyDictionary<string, string> attributes);

    /// <summary>Stores an intermediate value of a running trial; that of the same step before is replaced.</summary>
    /// <param name="trialId">Of which.</param>
    /// <param name="step">The step.</param>
    /// <param name="value">The value; it may be NaN or infinite.</param>
    void Report(long trialId, int step, double value);

    /// <summary>Ends a running trial of this process. When the call returns, the end is on the disk.</summary>
    /// <param name="trialId">Which.</param>
    /// <param name="ending">How it ended.</param>
    /// <returns>False when it does not run any more, or another process has it.</returns>
    bool TryFinish(long trialId, TrialEnding ending);

    /// <summary>Gives a running trial of this process back: it waits, with its point, for whoever claims it next.</summary>
    /// <param name="trialId">Which.</param>
    /// <returns>False when it does not run any more, or another process has it.</returns>
    bool TryRelease(long trialId);

    /// <summary>
    /// Fails a running trial whose run was cut off, and lets a copy of it wait, unless that was tried often enough: Optuna's
    /// <c>RetryHeartbeatStaleTrialCallback</c>.
    /// </summary>
    /// <param name="studyId">Of which study.</param>
    /// <param name="trial">The trial, of this process.</param>
    /// <param name="maxRetries">How many copies there may be, one after the other.</param>
    /// <param name="attributes">What is noted about the failed trial: JSON by key.</param>
    /// <returns>False when it does not run any more, or another process has it.</returns>
    bool TryFailAndRetry(long studyId, TrialRecord trial, int maxRetries, IReadOnlyDictionary<string, string> attributes);

    /// <summary>
    /// Lets a trial that is over run again: a copy of it waits, kept as <see cref="TryFailAndRetry"/> keeps one. A result that the trial has stays until the copy, or a retry of it, has ended by itself: then the trial is
    /// failed in the same transaction, however the copy ended (<see cref="TrialEnding.Replaces"/>). A <see cref="StoredStudy"/> that is open does not take back what its sampler has learnt from the trial; one that is opened
    /// afterwards shows its sampler the new result only.
    /// </summary>
    /// <param name="studyId">Of which study.</param>
    /// <param name="trial">The last run of an evaluation.</param>
    /// <param name="number">The number that the copy shall have: one more than the greatest.</param>
    /// <param name="reason">What is noted as <c>fail_reason</c> about the trial whose result is withdrawn then; null for nothing.</param>
    /// <returns>False when another process has created a trial meanwhile; then nothing was changed.</returns>
    bool TryRepeat(long studyId, TrialRecord trial, int number, string? reason);

    /// <summary>
    /// Does what <see cref="TryFailAndRetry"/> does with all trials of a study whose owners are gone: dead, or silent for longer than a lease lasts; and with those of other programs that have given
    /// Optuna's heartbeats, and are silent for longer than <see cref="StorageOptions.GracePeriod"/>.
    /// </summary>
    /// <param name="studyId">Of which study.</param>
    /// <param name="maxRetries">How many copies there may be, one after the other.</param>
    /// <returns>How many there were.</returns>
    int Reap(long studyId, int maxRetries);

    /// <summary>Whether another process that is alive runs a trial of a study; of other programs, one that gives Optuna's heartbeats.</summary>
    /// <param name="studyId">Of which study.</param>
    /// <returns>True if there is one, as far as can be seen.</returns>
    bool IsSearched(long studyId);

    /// <summary>Renews the leases of all trials that this process runs; to be called a few times for each length of a lease.</summary>
    void Beat();
}
