namespace LogMl;

/// <summary>Runs one trial of the workflow; whatever it throws becomes the message of a failed trial.</summary>
internal sealed class TrialRunner(Workflow workflow, HostConnection connection)
{
    private readonly StageCache _stages = new();

    /// <summary>The message that tells the host what became of the trial.</summary>
    public ReadOnlySpan<byte> Run(TrialRequest request, CancellationToken stop)
    {
        var trial = new RunningTrial(request, connection, stop);
        var run = new WorkflowRun(trial, request.Parameters, request.StudySeed, request.IsFull, _stages);
        try
        {
            workflow.RunAsync(run).AsTask().GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            var failure = ExceptionText.Of(exception);
            return WorkerMessage.Failed(request.Number, run.CurrentStep, failure.Type, failure.Message, failure.Stack);
        }

        return run.Scores.TryGetValue("validate", out var scores)
            ? WorkerMessage.Completed(request.Number, scores.Loss, run.Scores)
            : WorkerMessage.Failed(request.Number, null, "", "The workflow gave no loss for the validation part: it has no step model_evaluate, or nothing to validate on.", "");
    }
}
