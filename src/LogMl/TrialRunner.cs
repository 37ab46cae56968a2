using LogMl.Runtime;
using LogMl.Shared.Wire;

namespace LogMl;

/// <summary>Runs one trial of the workflow. Whatever it throws becomes the message of a failed trial.</summary>
internal sealed class TrialRunner(Workflow workflow, HostConnection connection, CurrentTrial current)
{
    private readonly StageCache _stages = new();

    /// <summary>Runs a trial, and returns the message that tells the host its result.</summary>
    public WorkerMessage Run(HostMessage.Trial request, CancellationToken stop)
    {
        using var span = TrialSpan.Start(request.TraceParent, request.Number);
        using var trial = new RunningTrial(request, connection, stop);
        var run = new WorkflowRun(
            trial, new ParameterValues(request.Parameters), request.StudySeed, isFull: request.Kind != RunKind.Search,
            saves: request.Kind == RunKind.Full, _stages);
        current.Set(trial);
        try
        {
            workflow.RunAsync(run).AsTask().GetAwaiter().GetResult();
        }
        catch (Exception exception) when (request.Kind == RunKind.Search && TrialPrunedException.Is(exception))
        {
            return new WorkerMessage.Pruned(request.Number);
        }
        catch (Exception exception)
        {
            return new WorkerMessage.Failed(request.Number, run.CurrentStep, ExceptionText.Of(exception));
        }
        finally
        {
            current.Set(null);
        }

        // The last step may have returned because it was told to end.
        if (trial.IsPruned)
        {
            return new WorkerMessage.Pruned(request.Number);
        }

        const string NoScores =
            "The workflow gave no scores for the validation part: it has no step model_evaluate, or nothing to validate on.";
        return run.Scores.ContainsKey("validate")
            ? new WorkerMessage.Completed(request.Number, run.Figures)
            : new WorkerMessage.Failed(request.Number, null, new Thrown("", NoScores, ""));
    }
}
