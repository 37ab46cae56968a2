using LogMl.Host.Inputs;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Host.Workers;
using LogMl.Shared.Wire;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>
/// The final run with the best parameters: trains the model once more, scores it on the test set, and saves it. Its folder says which trial
/// and which inputs it belongs to, so that a later call that finds nothing new does not repeat it.
/// </summary>
internal sealed class FinalRun(
    HostEvents events, WorkerTeam team, Manifest manifest, StoredStudy study, InputFingerprint inputs, SearchRecord record,
    Func<string, string> displayPath)
{
    /// <summary>Whether this call has done the final run.</summary>
    public bool HasRun { get; private set; }

    /// <summary>Does the final run, unless an earlier call has done it.</summary>
    /// <param name="studySeed">The seed of the study.</param>
    /// <param name="folder">The study's folder.</param>
    /// <returns>
    /// The scores of the test set by name. Null when there are none, or when the run failed; a failure is only a warning, because the
    /// search itself is done.
    /// </returns>
    public IReadOnlyDictionary<string, double>? Run(long studySeed, StudyFolder folder)
    {
        if (study.Best is not { } best)
        {
            return null;
        }

        if (FinalNote.Read(folder.Final) is { } earlier && earlier.IsOf(best.Number, inputs.Id))
        {
            return earlier.Test;
        }

        if (Run(best, studySeed, folder) is not { } completed)
        {
            return null;
        }

        var test = completed.Scores.GetValueOrDefault("test") ?? new Dictionary<string, double>();
        new FinalNote(best.Number, inputs.Id, test).Write(folder.Final);
        return test;
    }

    private TrialOutcome.Completed? Run(StoredResult best, long studySeed, StudyFolder folder)
    {
        var comment = FormattableString.Invariant($"{manifest.Name}: the final run, with the parameters of trial {best.Number}");
        using var results = folder.CreateFinalFolder(() => manifest.Functions.Write([comment], best.Values));
        new FinalNote(best.Number, inputs.Id, Test: null).Write(results.Path);

        // The run has a process of its own, so that static state and caches of earlier trials have no influence. Its seed is that of the
        // best trial.
        var worker = team.Launch(0);
        var seed = Seeds.OfTrial(studySeed, best.Evaluation);
        HasRun = true;
        using var running = record.Start();
        using var run = record.Telemetry.BeginFinal(best.Number);
        var request = new HostMessage.Trial(
            -1, RunKind.Full, seed, studySeed, results.Path, IsPrunable: false, best.Values, record.Telemetry.TraceParentOf(run));
        var outcome = worker.Run(new TrialRun(request, results)
        {
            OnStep = step =>
            {
                running.Step = step;
                run?.Enter(step);
            },
        });
        run?.End((outcome as TrialOutcome.Failed)?.Failure);
        team.Dismiss(worker);
        switch (outcome)
        {
            case TrialOutcome.Completed completed:
                return completed;
            case TrialOutcome.Failed { Failure: var failure }:
                RunFailure.Tell(
                    failure, results, events, HostErrors.FinalRunFailed, "The final run with the best parameters failed", displayPath);
                return null;
            default:
                return null;
        }
    }
}
