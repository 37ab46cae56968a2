using System.Diagnostics;
using System.Globalization;
using LogMl.Host.Inputs;
using LogMl.Host.Manifests;
using LogMl.Optimization;
using LogMl.Shared;
using LogMl.Shared.Spaces;
using LogMl.Storage;

namespace LogMl.Host.Results;

/// <summary>
/// The results files of the study as a whole: trials.csv, best.yaml, and front.csv when there are several objectives. They are made from
/// the store and can be made anew at any time. Of several hosts with one folder, the one with the writer lock writes them. When that host
/// ends, another one takes the lock.
/// </summary>
internal sealed class ResultFiles : IDisposable
{
    private static readonly TimeSpan WriterRetryInterval = TimeSpan.FromSeconds(1);

    private readonly HostEvents _events;
    private readonly StudyFolder _folder;
    private readonly Manifest _manifest;
    private readonly StudyStorage _storage;
    private readonly StoredStudy _study;
    private readonly ParametersYaml _yaml;
    private readonly TrialInputs _inputs;
    private readonly Action<string> _onFinalMoved;
    private readonly bool _mayWrite;
    private TrialsCsv? _csv;
    private long _lastAttempt;
    private int _rows;
    private int? _best;
    private FinishedTrial[] _front = [];

    /// <param name="events">Receives a warning when the study has lost trials.</param>
    /// <param name="folder">The folder of the study.</param>
    /// <param name="manifest">The manifest of the user's assembly.</param>
    /// <param name="storage">The storage of the study.</param>
    /// <param name="study">The study.</param>
    /// <param name="inputs">The inputs of the trials.</param>
    /// <param name="onFinalMoved">
    /// Receives the new place of a final run that no longer belongs to the best trial and the present inputs.
    /// </param>
    /// <param name="mayWrite">Whether this host may write them.</param>
    public ResultFiles(
        HostEvents events, StudyFolder folder, Manifest manifest, StudyStorage storage, StoredStudy study, TrialInputs inputs,
        Action<string> onFinalMoved, bool mayWrite = true)
    {
        _events = events;
        _onFinalMoved = onFinalMoved;
        _mayWrite = mayWrite;
        _inputs = inputs;
        _folder = folder;
        _manifest = manifest;
        _storage = storage;
        _study = study;
        _yaml = manifest.Functions;
        BecomeWriter();
    }

    /// <summary>Whether this host writes the files.</summary>
    public bool IsWriter => _csv is not null;

    /// <summary>Adds a trial that this host has finished and stored.</summary>
    public void Add(FinishedTrial trial)
    {
        _folder.RequireWritten();
        if (_csv is not null && (trial.IsReplacing || !_csv.IsIntact || !_csv.HasColumns(trial)))
        {
            _rows = Rewrite(_csv);
        }
        else if (_csv is not null)
        {
            _csv.Add(trial);
            _rows++;
        }
        else if (Stopwatch.GetElapsedTime(_lastAttempt) > WriterRetryInterval)
        {
            BecomeWriter();
        }

        WriteBest(trial);
    }

    /// <summary>Brings the files up to date with the store, with the trials of other hosts.</summary>
    public void Complete()
    {
        _folder.RequireWritten();
        if (_csv is null)
        {
            BecomeWriter();
        }
        else if (_rows != _study.Ended || !_csv.IsIntact || CsvText.CountRows(_folder.TrialsCsv) != _rows + 1)
        {
            _rows = Rewrite(_csv);
        }

        WriteBest();
    }

    /// <summary>Rewrites trials.csv after finished trials were scheduled for repetition.</summary>
    public void RewriteTrials() => _rows = _csv is null ? 0 : Rewrite(_csv);

    public void Dispose() => _csv?.Dispose();

    private void BecomeWriter()
    {
        _lastAttempt = Stopwatch.GetTimestamp();
        if (_mayWrite && _folder.TryBecomeWriter())
        {
            PreserveLostRows();
            _rows = _study.Ended;
            _csv = TrialsCsv.Open(_folder.TrialsCsv, _manifest, _rows, _study.HasResults, All);
            WriteBest();
        }
    }

    /// <summary>
    /// Keeps the rows of trials that the store has lost. A row is written only after its trial is stored. So the store lacks the trial only
    /// when damage or an older copy has put it back to an earlier state.
    /// </summary>
    private void PreserveLostRows()
    {
        var lost = TrialsCsv.ReadFinished(_folder.TrialsCsv);
        lost.ExceptWith(
            _study.History.Trials.Where(trial => trial.State is TrialState.Complete or TrialState.Pruned).Select(_study.NumberOf));
        if (lost.Count > 0)
        {
            // Trials of other hosts may not be known here yet, and one may have been replaced while no host wrote the file. A trial that
            // was cut off according to the store has lost its result.
            var stored = _storage.ReadTrials(_study.Id, -1, []);
            lost.ExceptWith(stored.Where(trial => trial.State is StoredState.Complete or StoredState.Pruned).Select(trial => trial.Number));
            lost.ExceptWith(stored.SelectMany(trial => trial.RetryHistory.Take(trial.WantedRuns)));
        }

        if (lost.Count == 0)
        {
            return;
        }

        var kept = _folder.RenameCsv();
        var what = lost.Count == 1 ? "a finished trial" : string.Create(CultureInfo.InvariantCulture, $"{lost.Count} finished trials");
        _events.Warning(
            HostErrors.TrialsLost,
            SourcePlace.Unknown,
            $"The study has lost {what} that trials.csv has: it was damaged, or it is an older copy. "
            + $"The search goes on with what the study has. All rows are kept in '{kept}'.");
    }

    private int Rewrite(TrialsCsv csv)
    {
        var trials = All();
        csv.Rewrite(trials);

        // Its columns may be others now.
        _front = [];
        return trials.Count;
    }

    /// <summary>All finished trials. The errors of trials that failed on another machine are written here too.</summary>
    private IReadOnlyList<FinishedTrial> All()
    {
        var trials = TrialNotes.Read(_storage, _study, _manifest.Goals);
        foreach (var trial in trials.Where(trial => trial.Failure is { Stack.Length: > 0 }))
        {
            _folder.WriteErrorOfElsewhere(trial.Number, trial.Failure!);
        }

        return trials;
    }

    private void WriteBest(FinishedTrial? ended = null)
    {
        if (_csv is null)
        {
            return;
        }

        if (_manifest.Goals.AreSeveral)
        {
            WriteFront(_csv, ended);
        }

        if (_study.Best is not { } best)
        {
            if (_study.HasResults && FreshFile.IsRegularFile(_folder.BestYaml))
            {
                // It is from before the constraints, which no trial keeps.
                MoveFinal(best: null);
                File.Delete(_folder.BestYaml);
            }
        }
        else if (best.Number != _best || !FreshFile.IsRegularFile(_folder.BestYaml))
        {
            _best = best.Number;

            // The final run is moved before best.yaml changes, so that the two never contradict each other.
            MoveFinal(best.Number);
            string[] comment =
            [
                string.Create(CultureInfo.InvariantCulture, $"{_manifest.Name}: {Describe(best)} at trial {best.Number}"),
                .. _manifest.Goals.AreSeveral
                    ? (string[])["Of the trials in front.csv it is the nearest to the ideal, which has the best value of each objective"]
                    : [],
                .. _inputs.Remark(best.Number) is { } remark ? (string[])["The trial was " + remark] : [],
            ];
            AtomicFile.Write(_folder.BestYaml, _yaml.Write(comment, best.Values));
        }
    }

    private string Describe(StoredResult best) => _manifest.Goals.Describe(_manifest.Goals.ValuesOf(best.Losses));

    /// <summary>
    /// Writes front.csv when the front has changed: the rows of trials.csv that form it, the best in the first objective first.
    /// </summary>
    private void WriteFront(TrialsCsv csv, FinishedTrial? ended)
    {
        var front = _study.Front;
        var numbers = front.Select(result => result.Number).ToHashSet();
        if (FreshFile.IsRegularFile(_folder.FrontCsv) && numbers.SetEquals(_front.Select(trial => trial.Number)))
        {
            return;
        }

        // Mostly the trial that has just ended is the only new one. Trials of earlier calls and of other hosts are in the store.
        FinishedTrial[] known = [.. _front, .. ended is null ? [] : (FinishedTrial[])[ended]];
        var trials = numbers.IsSubsetOf(known.Select(trial => trial.Number)) ? known : All();
        var byNumber = trials.Where(trial => numbers.Contains(trial.Number)).ToDictionary(trial => trial.Number);
        _front = [.. front.OrderBy(result => result.Loss).ThenBy(result => result.Number).Select(result => byNumber[result.Number])];
        csv.WriteRows(_folder.FrontCsv, _front);
    }

    private void MoveFinal(int? best)
    {
        if (!Directory.Exists(_folder.Final))
        {
            return;
        }

        var note = FinalNote.Read(_folder.Final);
        if (note is { Test: null })
        {
            // The run was cut off, so it is no result.
            Directory.Delete(_folder.Final, recursive: true);
        }
        else if (best is not { } number || note?.IsOf(number, _inputs.Current.Id) != true)
        {
            _onFinalMoved(_folder.MoveFinalAside());
        }
    }
}
