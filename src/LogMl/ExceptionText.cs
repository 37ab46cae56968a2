namespace LogMl;

/// <summary>An exception of user code in words.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Message">Its message, or that of what really went wrong.</param>
/// <param name="Stack">The exception with its inner ones and their stacks.</param>
internal readonly record struct ExceptionText(string Type, string Message, string Stack)
{
    /// <summary>The frames between the trial loop and user code, which are the same for every step.</summary>
    private static readonly string[] OwnFrames = ["   at LogMl.TrialRunner.", "   at LogMl.WorkflowRun.", "   at LogMl.StageCache."];

    public static ExceptionText Of(Exception exception)
    {
        var type = exception.GetType().ToString();
        try
        {
            return new ExceptionText(type, MessageOf(exception), StackOf(exception));
        }
        catch (Exception second) when (second is not OutOfMemoryException)
        {
            return new ExceptionText(type, $"The exception cannot be read: its own code threw {second.GetType()}.", exception.StackTrace ?? "");
        }
    }

    /// <summary>A static constructor that throws, or a lone failure in a group, is told by what really went wrong.</summary>
    private static string MessageOf(Exception exception) => exception switch
    {
        TypeInitializationException { InnerException: { } inner } => $"{exception.Message} {inner.GetType()}: {MessageOf(inner)}",
        AggregateException { InnerExceptions: [var only] } => MessageOf(only),
        _ => exception.Message,
    };

    private static string StackOf(Exception exception) =>
        string.Join('\n', exception.ToString().ReplaceLineEndings("\n").Split('\n').Where(line => !OwnFrames.Any(frame => line.StartsWith(frame, StringComparison.Ordinal))));
}
