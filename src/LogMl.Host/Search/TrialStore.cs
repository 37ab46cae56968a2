using System.Globalization;
using LogMl.Host.Results;
using LogMl.Host.Workers;
using LogMl.Optimization;
using LogMl.Shared.Wire;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>Stores how the trials of this host have ended.</summary>
internal sealed class TrialStore(SearchSettings settings, StoredStudy study)
{
    /// <summary>Stores the outcome of a trial.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="outcome">How it has ended.</param>
    /// <param name="ended">What is known of it besides.</param>
    /// <param name="brokenFold">The first fold whose objective is no finite number, so that the mean is none either.</param>
    /// <returns>The trial as it is stored; null when it is not over, or when another host has ended it.</returns>
    public FinishedTrial? Store(StoredTrial trial, TrialOutcome outcome, FinishedTrial ended, int? brokenFold)
    {
        TrialResult? result = null;
        ended = outcome switch
        {
            TrialOutcome.Completed completed => WithResult(completed),
            TrialOutcome.Pruned => ended with { End = TrialEnd.Pruned },
            TrialOutcome.Failed failed => ended with { Failure = failed.Failure },
            _ => ended,
        };
        if (outcome is TrialOutcome.Interrupted)
        {
            study.Release(trial);
            return null;
        }

        var notes = TrialNotes.Of(ended, settings.Goals);
        if (outcome is TrialOutcome.Lost)
        {
            ended = ended with { Started = StartOf(trial, ended) };
            return ended with { End = study.FailAndRetry(trial, notes) ? TrialEnd.Repeated : TrialEnd.Failed };
        }

        var isStored = ended.End switch
        {
            TrialEnd.Complete => study.Tell(trial, result!, notes),
            TrialEnd.Pruned => study.TellPruned(trial, notes),
            _ => study.TellFailed(trial, notes),
        };

        // The number may have changed: a late result may have become that of the trial's repetition.
        return isStored ? ended with { Number = trial.Number, Started = StartOf(trial, ended) } : null;

        FinishedTrial WithResult(TrialOutcome.Completed completed)
        {
            var scores = completed.Validation;
            result = settings.Goals.ResultOf(scores, out var problem);
            return result is null
                ? ended with { Failure = new TrialFailure("model_evaluate", "", problem + InFold(), "") { Output = completed.Output } }
                : ended.WithScores(scores, result.IsFeasible);
        }

        string InFold() => brokenFold is { } fold ? string.Create(CultureInfo.InvariantCulture, $", first in fold {fold}") : "";
    }

    /// <summary>The start by the clock of the database, so that trials.csv is the same when it is made from the store.</summary>
    private DateTimeOffset StartOf(StoredTrial trial, FinishedTrial ended) =>
        study.TimesOf(trial).Started is { } started ? new DateTimeOffset(started) : ended.Started;

    /// <summary>Releases a trial that could not be run to its end: it is not over.</summary>
    public void TryRelease(StoredTrial trial)
    {
        try
        {
            if (trial.State == TrialState.Running)
            {
                study.Release(trial);
            }
        }
        catch (StorageException)
        {
            // The store itself fails. The trial becomes free when this host has ended.
        }
    }
}
