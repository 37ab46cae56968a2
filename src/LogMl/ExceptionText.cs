using LogMl.Shared;

namespace LogMl;

/// <summary>An exception of user code in words, which are bounded: an exception may have a message of any length.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Message">Its message, or that of what really went wrong.</param>
/// <param name="Stack">The exception with its inner ones and their stacks.</param>
internal readonly record struct ExceptionText(string Type, string Message, string Stack)
{
    /// <summary>The frames between the trial loop and user code, which are the same for every step.</summary>
    private static readonly string[] OwnFrames = ["   at LogMl.TrialRunner.", "   at LogMl.Runtime.WorkflowRun.", "   at LogMl.StageCache."];

    public static ExceptionText Of(Exception exception)
    {
        var type = BoundedText.Cut(exception.GetType().ToString(), BoundedText.LongestMessage);
        try
        {
            return new ExceptionText(type, BoundedText.Cut(MessageOf(exception), BoundedText.LongestMessage), StackOf(exception));
        }
        catch (Exception second) when (second is not OutOfMemoryException)
        {
            return new ExceptionText(
                type, $"The exception cannot be read: its own code threw {second.GetType()}.", BoundedText.Cut(exception.StackTrace ?? "", BoundedText.LongestStack));
        }
    }

    /// <summary>A static constructor that throws, or a lone failure in a group, is told by what really went wrong.</summary>
    private static string MessageOf(Exception exception) => exception switch
    {
        TypeInitializationException { InnerException: { } inner } => $"{exception.Message} {inner.GetType()}: {MessageOf(inner)}",
        AggregateException { InnerExceptions: [var only] } => MessageOf(only),
        _ => exception.Message,
    };

    private static string StackOf(Exception exception)
    {
        var lines = BoundedText.Cut(Whole(exception), BoundedText.LongestStack).ReplaceLineEndings("\n").Split('\n');
        return string.Join('\n', lines.Where(line => !OwnFrames.Any(frame => line.StartsWith(frame, StringComparison.Ordinal))));
    }

    /// <summary>As <see cref="Exception.ToString"/> tells it, which would copy its messages once more: those that are too long for that are cut before.</summary>
    private static string Whole(Exception exception)
    {
        Exception[] chain = [.. Chain(exception)];
        return chain.Sum(link => (long)link.Message.Length) <= BoundedText.LongestStack
            ? exception.ToString()
            : string.Join("\n ---> ", chain.Select(link => $"{link.GetType()}: {BoundedText.Cut(link.Message, BoundedText.LongestMessage)}\n{link.StackTrace}"));
    }

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}
