namespace LogMl;

/// <summary>Runs one trial of the workflow; whatever it throws becomes the message of a failed trial.</summary>
internal sealed class TrialRunner(Workflow workflow, HostConnection connection)
{
    private static readonly string[] OwnFrames = ["   at LogMl.TrialRunner.", "   at LogMl.WorkflowRun.", "   at LogMl.StageCache."];

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
            return WorkerMessage.Failed(request.Number, run.CurrentStep, exception.GetType().FullName!, Text(exception), Stack(exception));
        }

        return run.Scores.TryGetValue("validate", out var scores)
            ? WorkerMessage.Completed(request.Number, scores.Loss, run.Scores)
            : WorkerMessage.Failed(request.Number, null, "", "The workflow gave no loss for the validation part: it has no step model_evaluate, or nothing to validate on.", "");
    }

    /// <summary>A static constructor that throws, or a lone failure in a group, is told by what really went wrong.</summary>
    private static string Text(Exception exception) => exception switch
    {
        TypeInitializationException { InnerException: { } inner } => $"{exception.Message} {inner.GetType().FullName}: {Text(inner)}",
        AggregateException { InnerExceptions: [var only] } => Text(only),
        _ => exception.Message,
    };

    /// <summary>The exception with its inner ones, and the frames of user code only: what calls them is the same for every step.</summary>
    private static string Stack(Exception exception) =>
        string.Join('\n', exception.ToString().ReplaceLineEndings("\n").Split('\n').Where(line => !OwnFrames.Any(frame => line.StartsWith(frame, StringComparison.Ordinal))));
}
