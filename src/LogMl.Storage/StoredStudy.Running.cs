using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using LogMl.Optimization;
using LogMl.Shared;
using LogMl.Storage.Encoding;

namespace LogMl.Storage;

/// <content>Ask and tell.</content>
public sealed partial class StoredStudy
{

    /// <summary>How often an idle process checks the trials of other processes.</summary>
    private static readonly TimeSpan OthersInterval = TimeSpan.FromMilliseconds(250);

    private long? _lastReap;

    /// <summary>
    /// Starts the next trial: a waiting one, or else one at a point that the sampler proposes. Waits while the last evaluations run
    /// elsewhere.
    /// </summary>
    /// <param name="maxEvals">The number of evaluations the study shall have over all processes; null for any number.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The trial, which with <see cref="DuplicateHandling.Reuse"/> may be complete already; null when there is no further one.
    /// </returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public StoredTrial? Ask(int? maxEvals = null, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var trial = TryAsk(maxEvals, out var end);
            if (end != AskEnd.Others)
            {
                return trial;
            }

            cancellationToken.WaitHandle.WaitOne(OthersInterval);
        }
    }

    /// <summary>Does what <see cref="Ask"/> does, without blocking a thread while it waits.</summary>
    /// <inheritdoc cref="Ask"/>
    public async Task<StoredTrial?> AskAsync(int? maxEvals = null, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var trial = TryAsk(maxEvals, out var end);
            if (end != AskEnd.Others)
            {
                return trial;
            }

            await Task.Delay(OthersInterval, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The trials to run, one after the other, until the study has <paramref name="maxEvals"/> evaluations or there is no further point:
    /// <c>await foreach (var trial in study.TrialsAsync(100, token))</c>. The loop must tell the result of each trial. When an exception or
    /// a break leaves the loop, the current trial is released.
    /// </summary>
    /// <remarks>
    /// With <see cref="DuplicateHandling.Reuse"/>, trials that reuse an earlier result are complete already, and are left out.
    /// </remarks>
    /// <inheritdoc cref="Ask"/>
    /// <returns>The trials.</returns>
    public async IAsyncEnumerable<StoredTrial> TrialsAsync(
        int? maxEvals = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await AskAsync(maxEvals, cancellationToken).ConfigureAwait(false) is { } trial)
        {
            if (trial.ReusedTrial is not null)
            {
                continue;
            }

            var isLeft = true;
            try
            {
                yield return trial;
                isLeft = false;
            }
            finally
            {
                if (isLeft)
                {
                    ReleaseIfRunning(trial);
                }
            }
        }
    }

    /// <summary>Does what <see cref="Ask"/> does, without waiting.</summary>
    /// <param name="maxEvals">As above.</param>
    /// <param name="end">Why there is no trial.</param>
    /// <returns>The trial, or null.</returns>
    public StoredTrial? TryAsk(int? maxEvals, out AskEnd end)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            RefreshOthers();
            while (true)
            {
                if (ClaimWaiting(maxEvals) is { } claimed)
                {
                    end = AskEnd.None;
                    return claimed;
                }

                var point = EvaluationCount < maxEvals || maxEvals is null ? Study.TryPropose() : null;
                if (point is null)
                {
                    var isRunElsewhere = Unfinished.Values.Any(
                        entry => !entry.IsMine && entry.Record.Owner is not null && IsWithin(entry, maxEvals));
                    end = isRunElsewhere ? AskEnd.Others
                        : EvaluationCount >= maxEvals ? AskEnd.MaxEvals : AskEnd.Exhausted;
                    return null;
                }

                if (Create(point) is { } created)
                {
                    end = AskEnd.None;
                    return created;
                }

                // Another process has created a trial meanwhile. The sampler should know it.
                var number = LastNumber;
                Synchronize();
                if (LastNumber == number)
                {
                    RequireFound();
                }
            }
        }
    }

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

    private static IReadOnlyDictionary<string, string> NoteOf(string? reason) =>
        reason is null ? NoAttributes : Note(TrialNoteNames.FailReason, OptionJson.Text(reason));

    internal void Report(StoredTrial trial, double value, int step)
    {
        lock (_lock)
        {
            if (IsRunning(trial))
            {
                trial.Trial.AcceptReport(value, step);
                _storage.Report(trial.Record.Id, step, value);
            }
        }
    }

    internal void SetUserAttribute(StoredTrial trial, string name, JsonElement value)
    {
        lock (_lock)
        {
            if (IsRunning(trial))
            {
                _storage.SetTrialAttribute(trial.Record.Id, name, value.GetRawText());
                Study.SetUserAttribute(trial.Trial, name, value);
            }
        }
    }

    internal bool ShouldPrune(StoredTrial trial)
    {
        lock (_lock)
        {
            return !IsRunning(trial) || trial.Trial.ShouldPrune();
        }
    }

    private static Dictionary<string, string> Note(string key, string json) => new(StringComparer.Ordinal) { [key] = json };

    private static IReadOnlyDictionary<string, string> NoAttributes { get; } = new Dictionary<string, string>();

    private void ReleaseIfRunning(StoredTrial trial)
    {
        lock (_lock)
        {
            if (IsRunning(trial))
            {
                Release(trial);
            }
        }
    }

    /// <summary>
    /// Whether this process still runs a trial. False when it was released, or when it was taken from this process and another one has
    /// started it since.
    /// </summary>
    private bool IsRunning(StoredTrial trial) =>
        !trial.IsReleased && trial.Trial.State == TrialState.Running && Numbers[trial.Trial.Number] == trial.Number;

    private void StopOwning(StoredTrial trial)
    {
        _storage.Held.Remove(trial.Record.Id);
        if (Unfinished.TryGetValue(trial.Record.Id, out var entry))
        {
            entry.IsMine = false;
        }

        Synchronize();
    }

    /// <summary>
    /// Whether an evaluation is below the limit. Waiting trials beyond <paramref name="maxEvals"/> are left for a process with a larger
    /// limit.
    /// </summary>
    private bool IsWithin(Entry entry, int? maxEvals) => maxEvals is null || EvaluationOf(entry.Record) < maxEvals;

    /// <summary>
    /// The order of waiting trials: first the evaluations in their order, then requested repetitions in the order of the requests.
    /// </summary>
    private static (bool IsWanted, int Number) Turn(Entry entry) =>
        entry.Record.WantedRuns > 0 ? (true, entry.Record.Number) : (false, FirstNumber(entry.Record));

    private StoredTrial? ClaimWaiting(int? maxEvals)
    {
        while (Unfinished.Values
            .Where(entry => entry.Record.State == StoredState.Waiting && IsWithin(entry, maxEvals)).MinBy(Turn) is { } entry)
        {
            var record = entry.Record;
            string? problem = null;
            IReadOnlyList<string> ignored = [];
            if ((entry.Trial?.Values ?? _points.Read(record, out _) ?? Completed(record, out ignored, out problem)) is not { } point)
            {
                FailWaiting(record, problem!);
                continue;
            }

            var missing = _points.Write(point).Where(parameter => record.Parameters.All(known => known.Key != parameter.Name));
            if (TryClaim(record.Id, [.. missing], ignored))
            {
                entry.Record = record with { State = StoredState.Running, Owner = _storage.Owner };
                entry.IsMine = true;

                // A requested repetition must run, and not reuse the result of another trial.
                var earlier = record.WantedRuns > 0 ? null : Study.FindReusable(point);
                Begin(entry, point);
                Study.Restart(entry.Trial!);
                Study.ReplaceUserAttributes(entry.Trial!, StoredAttributes.Read(record.UserAttributes));
                var claimed = new StoredTrial(this, entry.Record, EvaluationOf(record), entry.Trial!)
                {
                    Ignored = ignored,
                    IsReplacing = record.Replaces.Any(HasResult),
                };
                return Reuse(claimed, earlier);
            }

            Synchronize();
        }

        return null;
    }

    /// <summary>The point of a waiting trial that has a part of its values.</summary>
    /// <param name="record">The trial.</param>
    /// <param name="ignored">The values that are not in the space, which are left out.</param>
    /// <param name="problem">What is wrong with its values; null when they are valid.</param>
    /// <returns>The point; null when its values are invalid.</returns>
    private IReadOnlyDictionary<string, double>? Completed(TrialRecord record, out IReadOnlyList<string> ignored, out string? problem)
    {
        ignored = [];
        problem = _points.ProblemOf(record);
        if (problem is not null)
        {
            return null;
        }

        var given = record.FixedParametersJson is { } json ? _points.ReadFixed(json, out ignored) : [];
        foreach (var (name, value) in _points.ReadPart(record))
        {
            given[name] = value;
        }

        try
        {
            return Study.TryPropose(given);
        }
        catch (ArgumentException exception)
        {
            problem = ArgumentText.Of(exception);
            return null;
        }
    }

    /// <summary>
    /// Fails a waiting trial that cannot run, which would otherwise stay the next one for ever. The reason is stored with it.
    /// </summary>
    private void FailWaiting(TrialRecord record, string problem)
    {
        if (TryClaim(record.Id, []))
        {
            var reason = Note(TrialNoteNames.FailReason, OptionJson.Text(problem));
            TryFinish(record, new TrialEnding(StoredState.Fail, []) { Attributes = reason });
            _storage.Held.Remove(record.Id);
        }

        Synchronize();
    }

    private bool TryClaim(long id, IReadOnlyList<ParameterRecord> missing, IReadOnlyList<string>? ignored = null)
    {
        var attributes = ignored is { Count: > 0 }
            ? new Dictionary<string, string>(_options.TrialAttributes, StringComparer.Ordinal)
            {
                [TrialNoteNames.IgnoredValues] = OptionJson.Text(string.Join("; ", ignored)),
            }
            : _options.TrialAttributes;
        return _storage.Held.Add(() => _storage.TryClaim(id, missing, attributes) ? id : null) is not null;
    }

    private StoredTrial? Create(IReadOnlyDictionary<string, double> point)
    {
        var number = LastNumber + 1;
        var added = _storage.Held.Add(
            () => _storage.TryCreateTrial(_record.Id, number, _points.Write(point), _options.TrialAttributes));
        if (added is not { } id)
        {
            return null;
        }

        var record = new TrialRecord(id, number, StoredState.Running) { Owner = _storage.Owner };
        var entry = new Entry(record) { IsMine = true };
        var earlier = Study.FindReusable(point);
        Count(record);
        Unfinished.Add(id, entry);
        Begin(entry, point);
        return Reuse(new StoredTrial(this, record, EvaluationOf(record), entry.Trial!), earlier);
    }

    private StoredTrial Reuse(StoredTrial trial, Trial? earlier)
    {
        if (earlier is not null)
        {
            trial.Reused = Numbers[earlier.Number];
            var note = Note(TrialNoteNames.ReusedTrial, trial.Reused.Value.ToString(CultureInfo.InvariantCulture));
            Tell(trial, new TrialResult(earlier.Objectives) { Constraints = earlier.Constraints }, note);
        }

        return trial;
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
        if (ending.State == StoredState.Fail || repetition is null || !TryClaim(repetition.Record.Id, []))
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

    /// <summary>Reads the trials of other processes while they run some, because the sampler should know their results.</summary>
    private void RefreshOthers()
    {
        if (Unfinished.Values.All(entry => entry.IsMine))
        {
            return;
        }

        if (_lastReap is not { } last || Stopwatch.GetElapsedTime(last) > OthersInterval)
        {
            _lastReap = Stopwatch.GetTimestamp();
            _storage.Reap(_record.Id, _options.MaxRetries);
        }

        Synchronize();
    }

    /// <summary>
    /// Checks that other processes can find the study. If they cannot, everything that this process asks or tells would be lost, or,
    /// because SQLite reuses keys, become a part of another study. Asking and telling check it too. Call this before a search is reported
    /// as a success: it also reads the whole study as another process will (<see cref="StudyStorage.RequireWhole"/>).
    /// </summary>
    /// <exception cref="StorageException">The study was deleted, or its file is missing or damaged.</exception>
    public void RequireStored()
    {
        RequireFound();
        _storage.RequireWhole();
    }

    private void RequireFound()
    {
        lock (_lock)
        {
            if (_storage.FindStudy(Name)?.Id != _record.Id
                || (LastNumber >= 0 && _storage.ReadTrials(_record.Id, LastNumber - 1, []).Count == 0))
            {
                throw new StorageException(
                    StorageProblem.Deleted,
                    $"The study '{Name}', or its last trials, was deleted by another program while it was in use, "
                    + $"from the {_storage.DisplayName}. What was computed since is lost there.");
            }
        }
    }
}
