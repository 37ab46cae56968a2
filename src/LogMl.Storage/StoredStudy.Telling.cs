using LogMl.Optimization;
using LogMl.Shared;

namespace LogMl.Storage;

/// <content>Tell: ends, releases and repeats trials; a late result finds the repetition of its trial.</content>
public sealed partial class StoredStudy
{
    /// <summary>Ends a trial with the value of its objective. A value that is NaN or infinite makes it failed.</summary>
    /// <param name="trial">A trial that this process runs.</param>
    /// <param name="loss">The value.</param>
    /// <returns>
    /// False when the result was not stored: the process did not respond for so long that the trial was given to another process.
    /// </returns>
    public bool Tell(StoredTrial trial, double loss) => Tell(trial, new TrialResult(loss));

    /// <summary>Ends a trial with the values of its objectives and constraints. When the call returns, the result is on the disk.</summary>
    /// <param name="trial">A trial that this process runs.</param>
    /// <param name="result">The result. An objective that is NaN or infinite makes the trial failed.</param>
    /// <returns>
    /// False when the result was not stored: the process did not respond for so long that the trial was given to another process.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The number of values is not the number of the study's objectives. Nothing is stored.
    /// </exception>
    /// <exception cref="InvalidOperationException">The trial has already been told.</exception>
    public bool Tell(StoredTrial trial, TrialResult result) => Tell(trial, result, NoAttributes);

    /// <summary>As <see cref="Tell(StoredTrial, TrialResult)"/>, with what the host notes of the trial: JSON by key.</summary>
    internal bool Tell(StoredTrial trial, TrialResult result, IReadOnlyDictionary<string, string> notes)
    {
        ArgumentNullException.ThrowIfNull(trial);
        Study.RequireObjectives(result, trial.Number);
        if (!result.Objectives.All(double.IsFinite))
        {
            return TellFailed(trial, notes);
        }

        return End(
            trial,
            new TrialEnding(StoredState.Complete, result.Objectives)
            {
                Constraints = result.Constraints,
                Attributes = notes,
            },
            () => Study.Tell(trial.Trial, result));
    }

    /// <summary>When a trial of this process was started and when it ended, as it is stored.</summary>
    internal (DateTime? Started, DateTime? Completed) TimesOf(StoredTrial trial) => _storage.ReadTimes(trial.Record.Id);

    /// <summary>Ends a pruned trial. Its value is the last one that it reported.</summary>
    /// <param name="trial">A trial that this process runs.</param>
    /// <returns>As for <see cref="Tell(StoredTrial, double)"/>.</returns>
    public bool TellPruned(StoredTrial trial) => TellPruned(trial, NoAttributes);

    /// <summary>As <see cref="TellPruned(StoredTrial)"/>, with what the host notes of the trial: JSON by key.</summary>
    internal bool TellPruned(StoredTrial trial, IReadOnlyDictionary<string, string> notes)
    {
        ArgumentNullException.ThrowIfNull(trial);
        double[] last = [.. trial.Trial.Reports.Values.TakeLast(1).Where(value => !double.IsNaN(value))];
        var ending = new TrialEnding(StoredState.Pruned, last) { Attributes = notes };
        return End(trial, ending, () => Study.TellPruned(trial.Trial));
    }

    /// <summary>Ends a trial without a loss.</summary>
    /// <param name="trial">A trial that this process runs.</param>
    /// <param name="reason">Why it failed, which is stored as Optuna's attribute <c>fail_reason</c>; null for none.</param>
    /// <returns>As for <see cref="Tell(StoredTrial, double)"/>.</returns>
    public bool TellFailed(StoredTrial trial, string? reason = null) => TellFailed(trial, NoteOf(reason));

    /// <summary>As <see cref="TellFailed(StoredTrial, string?)"/>, with what the host notes of the trial: JSON by key.</summary>
    internal bool TellFailed(StoredTrial trial, IReadOnlyDictionary<string, string> notes)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var ending = new TrialEnding(StoredState.Fail, []) { Attributes = notes };
        return End(trial, ending, () => Study.TellFailed(trial.Trial));
    }

    /// <summary>Releases an unfinished trial. It waits again, and its next run starts from the beginning.</summary>
    /// <param name="trial">A trial that this process runs.</param>
    public void Release(StoredTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        lock (_lock)
        {
            _storage.TryRelease(trial.Record.Id);
            StopOwning(trial);
            if (IsRunning(trial))
            {
                Study.Restart(trial.Trial);
            }

            trial.IsReleased = true;
        }
    }

    /// <summary>
    /// Fails a trial that was cut off through no fault of its own. It is repeated, unless it has been repeated often enough.
    /// </summary>
    /// <param name="trial">A trial that this process runs.</param>
    /// <param name="reason">Why it was cut off, which is stored as Optuna's attribute <c>fail_reason</c>; null for none.</param>
    /// <returns>Whether it is repeated.</returns>
    public bool FailAndRetry(StoredTrial trial, string? reason = null) => FailAndRetry(trial, NoteOf(reason));

    /// <summary>As <see cref="FailAndRetry(StoredTrial, string?)"/>, with what the host notes of the trial: JSON by key.</summary>
    internal bool FailAndRetry(StoredTrial trial, IReadOnlyDictionary<string, string> notes)
    {
        ArgumentNullException.ThrowIfNull(trial);
        lock (_lock)
        {
            _storage.TryFailAndRetry(_record.Id, trial.Record, _options.MaxRetries, notes);
            StopOwning(trial);
            trial.IsReleased = true;
            return trial.Trial.State == TrialState.Running;
        }
    }

    private bool End(StoredTrial trial, TrialEnding ending, Action tell)
    {
        lock (_lock)
        {
            if (trial.IsTold)
            {
                throw new InvalidOperationException($"Trial {trial.Number} has already been told; it is {trial.State}.");
            }

            if (trial.IsReleased)
            {
                return false;
            }

            if (!TryFinish(trial.Record, ending))
            {
                trial.IsTold = EndLate(trial, ending, tell);
                return trial.IsTold;
            }

            Settle(trial, tell);
            trial.IsTold = true;
            return true;
        }
    }

    /// <summary>
    /// Handles the late result of a trial that was taken from this process because it did not respond. When the trial's repetition still
    /// waits, the repetition gets the result, and nothing that was computed is lost. When another process runs the repetition already, that
    /// result will count.
    /// </summary>
    private bool EndLate(StoredTrial trial, TrialEnding ending, Action tell)
    {
        KeyValuePair<int, double>[] reports = [.. trial.Trial.Reports];
        var attributes = trial.Trial.UserAttributes;
        StopOwning(trial);
        RequireFound();
        if (trial.Trial.State != TrialState.Running)
        {
            // The answer of the database was lost, but the end was stored. Or the end of a repetition was.
            return Numbers[trial.Trial.Number] == trial.Number
                && (trial.Trial.State, ending.State) is (TrialState.Complete, StoredState.Complete)
                    or (TrialState.Pruned, StoredState.Pruned) or (TrialState.Failed, StoredState.Fail);
        }

        var repetition = Unfinished.Values.FirstOrDefault(
            entry => entry.Record.State == StoredState.Waiting && entry.Trial == trial.Trial);
        if (ending.State == StoredState.Fail || repetition is null
            || !TryClaim(repetition.Record.Id, [], _points.WithFixed(_options.TrialAttributes, trial.Trial.Values)))
        {
            return false;
        }

        trial.Record = repetition.Record with { State = StoredState.Running, Owner = _storage.Owner };
        repetition.IsMine = true;
        Study.Restart(trial.Trial);
        foreach (var (step, value) in reports)
        {
            trial.Trial.AcceptReport(value, step);
            _storage.Report(trial.Record.Id, step, value);
        }

        foreach (var (name, value) in attributes)
        {
            Study.SetUserAttribute(trial.Trial, name, value);
            _storage.SetTrialAttribute(trial.Record.Id, name, value.GetRawText());
        }

        if (!TryFinish(trial.Record, ending))
        {
            StopOwning(trial);
            return false;
        }

        Numbers[trial.Trial.Number] = trial.Record.Number;
        Settle(trial, tell);
        return true;
    }

    private bool TryFinish(TrialRecord record, TrialEnding ending) =>
        _storage.TryFinish(record.Id, ending with { Replaces = record.Replaces });

    private void Settle(StoredTrial trial, Action tell)
    {
        tell();
        Replace(trial.Record.Replaces);
        _storage.Held.Remove(trial.Record.Id);
        Unfinished.Remove(trial.Record.Id);
    }

    private static IReadOnlyDictionary<string, string> NoteOf(string? reason) =>
        reason is null ? NoAttributes : Note(TrialNoteNames.FailReason, OptionJson.Text(reason));

    private static Dictionary<string, string> Note(string key, string json) => new(StringComparer.Ordinal) { [key] = json };

    private static IReadOnlyDictionary<string, string> NoAttributes { get; } = new Dictionary<string, string>();
}
