using System.Text.Json;
using LogMl.Optimization;

namespace LogMl.Storage;

/// <content>What a trial does while it runs, whether this process still runs it, and whether the study is still there.</content>
public sealed partial class StoredStudy
{
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
