using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using LogMl.Optimization;
using LogMl.Optimization.Running;
using LogMl.Shared;
using LogMl.Storage.Encoding;

namespace LogMl.Storage;

/// <content>Ask: claims waiting trials, and creates new ones at the points that the sampler proposes.</content>
public sealed partial class StoredStudy
{
    /// <summary>How often an idle process checks the trials of other processes.</summary>
    private static readonly TimeSpan OthersInterval = TimeSpan.FromMilliseconds(250);

    private long? _lastReap;

    /// <summary>
    /// Starts the next trial: a waiting one, or else one at a point that the sampler proposes. Waits while the last evaluations run
    /// elsewhere, and in a deterministic study while an earlier trial must end first. So tell that one in another thread.
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
            var ended = NextEnd;
            var trial = TryAsk(maxEvals, out var end);
            if (end is not (AskEnd.Others or AskEnd.Earlier))
            {
                return trial;
            }

            EndSignal.Wait(ended, OthersInterval, cancellationToken);
        }
    }

    /// <summary>Does what <see cref="Ask"/> does, without blocking a thread while it waits.</summary>
    /// <inheritdoc cref="Ask"/>
    public async Task<StoredTrial?> AskAsync(int? maxEvals = null, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var ended = NextEnd;
            var trial = TryAsk(maxEvals, out var end);
            if (end is not (AskEnd.Others or AskEnd.Earlier))
            {
                return trial;
            }

            await EndSignal.WaitAsync(ended, OthersInterval, cancellationToken).ConfigureAwait(false);
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

                var isOpen = EvaluationCount < maxEvals || maxEvals is null;
                if ((isOpen && Study.MustWait) || Waiting(maxEvals).Any())
                {
                    end = Unfinished.Values.Any(entry => entry.IsMine) ? AskEnd.Earlier : AskEnd.Others;
                    return null;
                }

                var point = isOpen ? Study.TryPropose() : null;
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
                SynchronizeToAsk();
                if (LastNumber == number)
                {
                    RequireFound();
                }
            }
        }
    }

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
    /// Whether an evaluation is below the limit. Waiting trials beyond <paramref name="maxEvals"/> are left for a process with a larger
    /// limit.
    /// </summary>
    private bool IsWithin(Entry entry, int? maxEvals) => maxEvals is null || EvaluationOf(entry.Record) < maxEvals;

    /// <summary>
    /// The order of waiting trials: first the evaluations in their order, then requested repetitions in the order of the requests.
    /// </summary>
    private static (bool IsWanted, int Number) Turn(Entry entry) =>
        entry.Record.WantedRuns > 0 ? (true, entry.Record.Number) : (false, FirstNumber(entry.Record));

    private IEnumerable<Entry> Waiting(int? maxEvals) =>
        Unfinished.Values.Where(entry => entry.Record.State == StoredState.Waiting && IsWithin(entry, maxEvals));

    private StoredTrial? ClaimWaiting(int? maxEvals)
    {
        while (Waiting(maxEvals).Where(entry => Study.FindAwaited(entry.Trial?.Number) is null).MinBy(Turn) is { } entry)
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
            if (TryClaim(record.Id, [.. missing], _points.WithFixed(_options.TrialAttributes, point), ignored))
            {
                entry.Record = record with { State = StoredState.Running, Owner = _storage.Owner };
                entry.IsMine = true;

                // A requested repetition must run, and not reuse the result of another trial.
                var earlier = record.WantedRuns > 0 ? null : Study.FindReusable(point, entry.Trial?.Number);
                Begin(entry, point);
                Study.Restart(entry.Trial!);
                Study.ReplaceUserAttributes(entry.Trial!, StoredAttributes.Read(record.UserAttributes));
                var claimed = new StoredTrial(this, entry.Record, EvaluationOf(record), entry.Trial!)
                {
                    Ignored = ignored,
                    Continues = record.RetryHistory.Count > record.WantedRuns ? record.RetryHistory[^1] : record.Number,
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
        catch (NoAllowedPointException exception)
        {
            problem = exception.Message;
            _refusedPoints.Add(new RefusedPoint(given, problem) { Constraints = [.. exception.Refusals.Keys] });
            return null;
        }
    }

    /// <summary>
    /// Fails a waiting trial that cannot run, which would otherwise stay the next one for ever. The reason is stored with it.
    /// </summary>
    private void FailWaiting(TrialRecord record, string problem)
    {
        if (TryClaim(record.Id, [], _options.TrialAttributes))
        {
            TryFinish(record, new TrialEnding(StoredState.Fail, []) { Attributes = NoteOf(problem) });
            _storage.Held.Remove(record.Id);
        }

        Synchronize();
    }

    private bool TryClaim(
        long id, IReadOnlyList<ParameterRecord> missing, IReadOnlyDictionary<string, string> attributes,
        IReadOnlyList<string>? ignored = null)
    {
        if (ignored is { Count: > 0 })
        {
            attributes = new Dictionary<string, string>(attributes, StringComparer.Ordinal)
            {
                [TrialNoteNames.IgnoredValues] = OptionJson.Text(string.Join("; ", ignored)),
            };
        }

        return _storage.Held.Add(() => _storage.TryClaim(id, missing, attributes) ? id : null) is not null;
    }

    private StoredTrial? Create(IReadOnlyDictionary<string, double> point)
    {
        var number = LastNumber + 1;
        var attributes = _points.WithFixed(_options.TrialAttributes, point);
        var added = _storage.Held.Add(() => _storage.TryCreateTrial(_record.Id, number, _points.Write(point), attributes));
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

        SynchronizeToAsk();
    }

    /// <summary>
    /// Reads what the next proposal depends on. Pruners compare with the reports of running trials, and a deterministic study depends on
    /// the order of all events; otherwise a trial of another process tells nothing before its end.
    /// </summary>
    private void SynchronizeToAsk() => Synchronize(onlyEnds: Study.Options.Pruner == Pruners.None && DeterministicWorkers is null);
}
