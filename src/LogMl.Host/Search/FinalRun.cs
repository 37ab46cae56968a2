using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Host.Workers;
using LogMl.Optimization;

namespace LogMl.Host.Search;

/// <summary>The run with the best parameters after a search: trains the model once more, scores it on the test set, and saves it.</summary>
internal sealed class FinalRun(HostEvents events, WorkerTeam team, Manifest manifest)
{
    /// <returns>The scores; null when the run failed, which is a warning: the search itself is done.</returns>
    public TrialOutcome.Completed? Run(Trial best, long studySeed, StudyFolder folder)
    {
        var directory = folder.CreateFinalFolder();
        File.WriteAllText(
            Path.Combine(directory, "parameters.yaml"), new ParametersYaml(manifest).Write($"{manifest.Name}: the final run, with the parameters of trial {best.Number}", best.Values));

        // A process of its own, so that static state and caches of the last trials play no part; the seed is that of the best trial.
        var worker = team.Launch(0);
        var assignment = new TrialAssignment(-1, IsFull: true, Seeds.OfTrial(studySeed, best.Number), studySeed, directory, best.Values);
        var outcome = worker.Run(assignment, (step, value) =>
        {
            SearchRecord.Report(directory, step, value);
            return false;
        });
        team.Dismiss(worker);
        switch (outcome)
        {
            case TrialOutcome.Completed completed:
                return completed;
            case TrialOutcome.Failed { Failure: var failure }:
                File.WriteAllText(Path.Combine(directory, "error.txt"), failure.Text);
                events.Warning(HostErrors.FinalRunFailed, SourcePlace.OfStack(failure.Stack), $"The final run with the best parameters failed: {failure.Summary}");
                return null;
            default:
                return null;
        }
    }
}
