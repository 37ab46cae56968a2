using System.Diagnostics;
using System.Globalization;
using LogMl.Host.Inputs;
using LogMl.Host.Manifests;
using LogMl.Optimization;
using LogMl.Storage;

namespace LogMl.Host.Results;

/// <summary>
/// The files that are made from the study as a whole, trials.csv and best.yaml. The store is the truth, and they can be made from it at any time; of several hosts with
/// one folder the one with the pen writes them, and when it is gone, another one takes the pen.
/// </summary>
internal sealed class ResultFiles : IDisposable
{
    private static readonly TimeSpan PenInterval = TimeSpan.FromSeconds(1);

    private readonly HostEvents _events;
    private readonly StudyFolder _folder;
    private readonly Manifest _manifest;
    private readonly IStudyStorage _storage;
    private readonly StoredStudy _study;
    private readonly ParametersYaml _yaml;
    private readonly TrialInputs _inputs;
    private readonly Action<string> _finalMoved;
    private TrialsCsv? _csv;
    private long _lastTry;
    private int _rows;
    private int? _best;

    /// <param name="events">Is told what the study has lost.</param>
    /// <param name="folder">Where they are.</param>
    /// <param name="manifest">What was compiled.</param>
    /// <param name="storage">Has the study.</param>
    /// <param name="study">The study.</param>
    /// <param name="inputs">What the trials were computed from.</param>
    /// <param name="finalMoved">Is told where a final run is now that belongs no longer to the best trial and today's inputs.</param>
    public ResultFiles(HostEvents events, StudyFolder folder, Manifest manifest, IStudyStorage storage, StoredStudy study, TrialInputs inputs, Action<string> finalMoved)
    {
        _events = events;
        _finalMoved = finalMoved;
        _inputs = inputs;
        _folder = folder;
        _manifest = manifest;
        _storage = storage;
        _study = study;
        _yaml = new ParametersYaml(manifest);
        TakePen();
    }

    /// <summary>Whether this host writes them.</summary>
    public bool HasPen => _csv is not null;

    /// <summary>Adds a trial that this host has ended, and that is stored.</summary>
    public void Add(FinishedTrial trial)
    {
        _folder.RequireWritten();
        if (_csv is not null && (trial.IsReplacing || !_csv.IsIntact))
        {
            _rows = Rewrite(_csv);
        }
        else if (_csv is not null)
        {
            _csv.Add(trial);
            _rows++;
        }
        else if (Stopwatch.GetElapsedTime(_lastTry) > PenInterval)
        {
            TakePen();
        }

        WriteBest();
    }

    /// <summary>Brings the files to where the store is: trials that other hosts have ended are there too.</summary>
    public void Complete()
    {
        _folder.RequireWritten();
        if (_csv is null)
        {
            TakePen();
        }
        else if (_rows != _study.Ended || !_csv.IsIntact || CsvText.CountRows(_folder.TrialsCsv) != _rows + 1)
        {
            _rows = Rewrite(_csv);
        }

        WriteBest();
    }

    /// <summary>Writes trials.csv anew: trials that were over are repeated.</summary>
    public void Renew() => _rows = _csv is null ? 0 : Rewrite(_csv);

    public void Dispose() => _csv?.Dispose();

    private void TakePen()
    {
        _lastTry = Stopwatch.GetTimestamp();
        if (_folder.TryTakePen())
        {
            KeepLostRows();
            _rows = _study.Ended;
            _csv = TrialsCsv.Open(_folder.TrialsCsv, _manifest.Parameters, _rows, _study.Best is not null, All);
            WriteBest();
        }
    }

    /// <summary>A row is written when its trial is stored. The store has it no more only when it was damaged in a way that leaves an older state, or when an older copy was put in its place.</summary>
    private void KeepLostRows()
    {
        var lost = TrialsCsv.ReadFinished(_folder.TrialsCsv);
        lost.ExceptWith(_study.Study.Trials.Where(trial => trial.State is TrialState.Complete or TrialState.Pruned).Select(_study.NumberOf));
        if (lost.Count > 0)
        {
            // Those of other hosts may not be known here yet, and one may have been replaced while nobody wrote the file. A trial that the store takes for cut off has lost its result.
            var stored = _storage.ReadTrials(_study.Id, -1, []);
            lost.ExceptWith(stored.Where(trial => trial.State is StoredState.Complete or StoredState.Pruned).Select(trial => trial.Number));
            lost.ExceptWith(stored.SelectMany(trial => trial.RetryHistory.Take(trial.WantedRuns)));
        }

        if (lost.Count == 0)
        {
            return;
        }

        var kept = _folder.KeepCsv();
        var what = lost.Count == 1 ? "a finished trial" : string.Create(CultureInfo.InvariantCulture, $"{lost.Count} finished trials");
        _events.Warning(
            HostErrors.TrialsLost,
            SourcePlace.Unknown,
            $"The study has lost {what} that trials.csv has: it was damaged, or it is an older copy. The search goes on with what the study has. All rows are kept in '{kept}'.");
    }

    private int Rewrite(TrialsCsv csv)
    {
        var trials = All();
        csv.Rewrite(trials);
        return trials.Count;
    }

    /// <summary>All trials that are over. What failed on another machine can be read here, too.</summary>
    private IReadOnlyList<FinishedTrial> All()
    {
        var trials = TrialNotes.Read(_storage, _study.Id);
        foreach (var trial in trials.Where(trial => trial.Failure is { Stack.Length: > 0 }))
        {
            _folder.WriteErrorOfElsewhere(trial.Number, trial.Failure!);
        }

        return trials;
    }

    private void WriteBest()
    {
        if (_csv is not null && _study.Best is { } best && (best.Number != _best || !FreshFile.IsThere(_folder.BestYaml)))
        {
            _best = best.Number;

            // Before best.yaml is another one: at no moment do the two contradict each other.
            MoveFinal(best.Number);
            string[] comment =
            [
                string.Create(CultureInfo.InvariantCulture, $"{_manifest.Name}: loss {best.Loss:R} at trial {best.Number}"),
                .. _inputs.Remark(best.Number) is { } remark ? (string[])["The trial was " + remark] : [],
            ];
            AtomicFile.Write(_folder.BestYaml, _yaml.Write(comment, best.Values));
        }
    }

    private void MoveFinal(int best)
    {
        if (!Directory.Exists(_folder.Final))
        {
            return;
        }

        var note = FinalNote.Read(_folder.Final);
        if (note is { Test: null })
        {
            // It did not come to its end: that is no result.
            Directory.Delete(_folder.Final, recursive: true);
        }
        else if (note?.IsOf(best, _inputs.Today.Id) != true)
        {
            _finalMoved(_folder.MoveFinalAside());
        }
    }
}
