using System.Diagnostics;
using System.Text.Json;
using LogMl.Host.Results;
using LogMl.Host.Telemetry;
using LogMl.Host.Workers;
using LogMl.Shared;
using LogMl.Shared.Wire;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>What the end of a part means for its trial.</summary>
internal enum PartEnd
{
    /// <summary>Other parts of the trial run, or are to run.</summary>
    GoesOn,

    /// <summary>The process of the fold was killed, and the fold is run again.</summary>
    Repeats,

    /// <summary>The trial is over, and none of its parts runs.</summary>
    IsOver,
}

/// <summary>
/// A trial that this host runs: wholly in one worker, or each fold in one of several. Folds may end in any order, but they count in the
/// order of their numbers, as if one worker had run them. So what the trial reports and keeps, whether it is pruned, and why it fails do
/// not depend on how fast a fold is. Any thread may use it.
/// </summary>
internal sealed class ActiveTrial : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SearchSettings _settings;
    private readonly SearchRecord _record;
    private readonly FoldScores _scores;
    private readonly FoldTimes _times = new();

    /// <summary>The parts that run, by the number of the fold.</summary>
    private readonly SortedDictionary<int, TrialPart> _running = [];

    /// <summary>The folds that have ended and do not count yet, because one before them has not ended.</summary>
    private readonly Dictionary<int, (TrialPart Part, TrialOutcome Outcome)> _ended = [];

    /// <summary>The folders of folds that have ended and do not count.</summary>
    private readonly List<TrialFolder> _dropped = [];

    /// <summary>The folds whose processes were killed, to be run again.</summary>
    private readonly SortedSet<int> _lost = [];
    private TrialFolder? _folder;
    private RunningTrials.Run? _shown;
    private long _started;
    private int? _folds;
    private int _losses;

    /// <summary>The end of what the first fold printed whose result cannot be used; null while there is none.</summary>
    private string? _output;

    /// <summary>The first fold that has not begun.</summary>
    private int _next;

    /// <summary>The first fold that does not count yet.</summary>
    private int _uncounted;

    /// <summary>The first fold whose outcome cannot matter: one before it decides about the trial.</summary>
    private int _useless = int.MaxValue;

    /// <param name="trial">The trial.</param>
    /// <param name="settings">The settings of the search.</param>
    /// <param name="record">Gives it its folder, and shows it in the progress from its start on.</param>
    public ActiveTrial(StoredTrial trial, SearchSettings settings, SearchRecord record)
    {
        Trial = trial;
        _settings = settings;
        _record = record;
        _scores = new FoldScores(settings.Goals.Names);
    }

    public StoredTrial Trial { get; }

    /// <summary>Its folder. There is none before the first part is taken.</summary>
    public TrialFolder Folder => _folder ?? throw new InvalidOperationException("The trial has not begun.");

    /// <summary>When its first part started.</summary>
    public DateTimeOffset Started { get; private set; }

    /// <summary>How long it has run, from the start of its first part to the end of its last one.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Its span; null when nobody traces, and before its first part starts.</summary>
    public TrialTrace? Trace { get; private set; }

    /// <summary>The first fold whose objective is no finite number; null while there is none.</summary>
    public int? BrokenFold { get; private set; }

    /// <summary>How it has ended; null while that is open.</summary>
    public TrialOutcome? Outcome { get; private set; }

    /// <summary>The next part for a worker; null when there is none now.</summary>
    /// <exception cref="HostException">The folder of the trial cannot be made.</exception>
    /// <exception cref="IOException">The folder of a fold cannot be made.</exception>
    public TrialPart? TryTake()
    {
        lock (_lock)
        {
            if (Outcome is not null || _running.Count >= _settings.Folds.AtOnce || FirstOpen() is not { } fold)
            {
                return null;
            }

            _folder ??= _record.Begin(Trial);
            var part = _settings.Folds.AreApart
                ? new TrialPart(this, fold, Folder.OfFold(fold))
                : new TrialPart(this, null, Folder);
            _lost.Remove(fold);
            _next = Math.Max(_next, fold + 1);
            _running.Add(fold, part);
            return part;
        }
    }

    /// <summary>What a worker is asked to run, now: the time of the part starts.</summary>
    /// <param name="part">A part that <see cref="TryTake"/> has returned.</param>
    /// <param name="onSplit">Called when the number of folds is known.</param>
    public TrialRun RunOf(TrialPart part, Action onSplit)
    {
        int? folds;
        lock (_lock)
        {
            folds = _folds;
            if (_shown is null)
            {
                Trace = _record.Telemetry.Begin(Trial);
                (Started, _started, _shown) = (DateTimeOffset.UtcNow, Stopwatch.GetTimestamp(), _record.Start());
            }

            part.Trace = Trace?.Run(part.Fold);
        }

        var seed = Seeds.OfTrial(_settings.Seed, Trial.Evaluation);
        var isPrunable = _settings.IsPruning && part.Fold is null;
        var request = new HostMessage.Trial(
            Trial.Number, RunKind.Search, seed, _settings.Seed, part.Folder.Path, isPrunable, Trial.Values,
            _record.Telemetry.TraceParentOf(part.Trace), part.Fold, folds);
        var run = new TrialRun(request, part.Folder) 
        {
            Limits = _settings.Limits,
            OnStep = step => Enter(part, step),
            OnWarning = _record.WarnOfFolds,
            IsUsable = completed => _settings.Goals.ResultOf(completed.Validation, out _) is not null,
        };
        if (part.Fold is not { } fold)
        {
            return run with { OnReport = Report, OnAttribute = Trial.SetUserAttribute };
        }

        _times.Start(fold);
        return run with
        {
            Elapsed = () => _times.UpTo(fold),
            Speed = Math.Min(fold + 1, _settings.Folds.AtOnce),
            Abandon = part.Abandoned,
            OnAttribute = (name, json) => Note(part, name, json),
            OnSplit = folds =>
            {
                Split(folds);
                onSplit();
            },
        };
    }

    /// <summary>Receives the outcome of a part.</summary>
    public PartEnd End(TrialPart part, TrialOutcome outcome)
    {
        lock (_lock)
        {
            var fold = part.Fold ?? 0;
            _times.End(fold);
            _running.Remove(fold);
            part.Trace?.End((outcome as TrialOutcome.Failed)?.Failure);
            using (part)
            {
                if (part.Fold is null)
                {
                    Outcome = outcome;
                }
                else if (Outcome is not null || fold >= _useless)
                {
                    _dropped.Add(part.Folder);
                }
                else if (outcome is TrialOutcome.Lost && _losses < _settings.MaxRetries)
                {
                    _losses++;
                    _lost.Add(fold);
                    part.Folder.Dispose();
                    return PartEnd.Repeats;
                }
                else
                {
                    _ended.Add(fold, (part, outcome));
                    Count();
                }
            }

            if (Outcome is null || _running.Count > 0)
            {
                return PartEnd.GoesOn;
            }

            // As exact as it is stored.
            Elapsed = TimeSpan.FromMicroseconds(Math.Round(Stopwatch.GetElapsedTime(_started).TotalMicroseconds));
            _shown?.Dispose();
            if (_settings.Folds.AreApart && Outcome is not TrialOutcome.Interrupted)
            {
                RemoveUseless();
            }

            return PartEnd.IsOver;
        }
    }

    /// <summary>The trial is over, or is given back. Then its folders stay as they are, for its next run.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            var parts = _ended.Values.Select(ended => ended.Part).Concat(_running.Values).ToArray();
            Array.ForEach(parts, part => part.Dispose());
            foreach (var folder in parts.Where(part => part.Fold is not null).Select(part => part.Folder).Concat(_dropped))
            {
                folder.Dispose();
            }
        }

        _shown?.Dispose();
        Trace?.Dispose();
        _folder?.Dispose();
    }

    /// <summary>The first fold that no worker has taken. The second one can begin when the first one has told how many there are.</summary>
    private int? FirstOpen()
    {
        if (_lost.Count > 0 && _lost.Min < _useless)
        {
            return _lost.Min;
        }

        return _next == 0 || _next < Math.Min(_folds ?? 0, _useless) ? _next : null;
    }

    private void Split(int folds)
    {
        lock (_lock)
        {
            _folds = folds;
        }
    }

    private void Enter(TrialPart part, string step)
    {
        lock (_lock)
        {
            part.Step = step;
            part.Trace?.Enter(step);
            _shown!.Step = _running.Values.First().Step;
        }
    }

    /// <exception cref="ArgumentException">The worker should have refused the name.</exception>
    private void Note(TrialPart part, string name, JsonElement json)
    {
        TrialNoteNames.RequireOther(name);
        lock (_lock)
        {
            part.Attributes[name] = json;
        }
    }

    /// <summary>Counts the folds that have ended, as far as all before them have.</summary>
    private void Count()
    {
        while (Outcome is null && _ended.Remove(_uncounted, out var ended))
        {
            foreach (var (name, json) in ended.Part.Attributes)
            {
                Trial.SetUserAttribute(name, json);
            }

            ended.Part.Folder.Dispose();
            Outcome = OutcomeAfter(_uncounted, ended.Outcome);
            _uncounted++;
        }

        // What follows a fold that is not complete cannot matter, although those before it may still decide otherwise.
        var first = _ended
            .Where(ended => ended.Value.Outcome is not (TrialOutcome.Completed or TrialOutcome.Interrupted))
            .Select(ended => ended.Key + 1);
        _useless = Outcome is null ? first.Append(_useless).Min() : _uncounted;
        foreach (var useless in _ended.Keys.Where(fold => fold >= _useless).ToArray())
        {
            _ended.Remove(useless, out var ended);
            _dropped.Add(ended.Part.Folder);
        }

        foreach (var part in _running.Values.Where(part => part.Fold >= _useless))
        {
            part.Abandon();
        }
    }

    /// <summary>How the trial has ended with a fold; null when it goes on with the next one.</summary>
    private TrialOutcome? OutcomeAfter(int fold, TrialOutcome outcome)
    {
        // A workflow that makes no folds has given the scores of the trial.
        if (outcome is not TrialOutcome.Completed { Validation: var scores } completed || _folds is not { } folds)
        {
            return outcome is TrialOutcome.Failed { Failure: var failure }
                ? new TrialOutcome.Failed(failure with { Fold = fold })
                : outcome;
        }

        _output ??= completed.Output;
        try
        {
            _scores.Add(scores);
            var isPruned = _settings.Goals.Names is [var objective] && Report(fold, scores[objective]);

            // After the last fold there is nothing to save.
            return fold + 1 >= folds ? TrialOutcome.Completed.Of(_scores.Mean()) with { Output = _output }
                : isPruned ? new TrialOutcome.Pruned()
                : null;
        }
        catch (Exception exception) when (exception is ArgumentException or KeyNotFoundException)
        {
            return new TrialOutcome.Failed(
                new TrialFailure("model_evaluate", exception.GetType().FullName!, exception.Message, "") { Fold = fold, Output = _output });
        }
    }

    /// <summary>Removes the folders of folds that do not count: which of them there are depends on how fast each was.</summary>
    private void RemoveUseless()
    {
        _dropped.ForEach(folder => folder.Remove());
        Folder.RemoveFolds(_uncounted);
    }

    /// <summary>Receives an intermediate value: that of a step, or the objective of a fold. Returns whether to prune the trial.</summary>
    private bool Report(int step, double value)
    {
        Folder.Report(step, value);
        if (_settings.Goals.AreSeveral)
        {
            // It would not be clear of which objective the value is, so it is only kept for people.
            return false;
        }

        if (_settings.IsCrossValidated && !double.IsFinite(value))
        {
            BrokenFold ??= step;
        }

        Trial.Report(value, step);
        return _settings.IsPruning && Trial.ShouldPrune();
    }
}
