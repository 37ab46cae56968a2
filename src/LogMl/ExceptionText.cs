using System.Diagnostics;
using LogMl.Shared;
using LogMl.Shared.Wire;

namespace LogMl;

/// <summary>Reads an exception of user code as text of bounded length: an exception may have a message of any length.</summary>
internal static class ExceptionText
{
    /// <summary>The stack frames between the trial loop and user code. They are the same for every step.</summary>
    private static readonly string[] OwnFrames =
        ["   at LogMl.TrialRunner.", "   at LogMl.Runtime.WorkflowRun.", "   at LogMl.StageCache.", "   at LogMl.TrialListener."];

    /// <summary>Reads an exception. Its properties are user code too, and each may throw. So each is read on its own.</summary>
    public static Thrown Of(Exception exception) => new(
        BoundedText.Cut(exception.GetType().ToString(), BoundedText.LongestMessage),
        Read(
            () => BoundedText.Cut(MessageOf(exception), BoundedText.LongestMessage),
            second => $"The exception cannot be read: its own code threw {second.GetType()}."),
        Read(() => StackOf(exception), _ => Shorten(new StackTrace(exception, fNeedFileInfo: true).ToString())));

    private static string Read(Func<string> read, Func<Exception, string> instead)
    {
        try
        {
            return read();
        }
        catch (Exception second) when (second is not OutOfMemoryException)
        {
            return instead(second);
        }
    }

    /// <summary>
    /// The message. For a static constructor that throws, or a single failure in a group, it is the message of the exception behind it.
    /// </summary>
    private static string MessageOf(Exception exception) => exception switch
    {
        TypeInitializationException { InnerException: { } inner } => $"{exception.Message} {inner.GetType()}: {MessageOf(inner)}",
        AggregateException { InnerExceptions: [var only] } => MessageOf(only),

        // An override may return null.
        _ => (string?)exception.Message ?? "",
    };

    private static string StackOf(Exception exception) => Shorten(Whole(exception));

    private static string Shorten(string stack)
    {
        var lines = BoundedText.Cut(stack, BoundedText.LongestStack).ReplaceLineEndings("\n").Split('\n');
        return string.Join('\n', lines.Where(line => !OwnFrames.Any(frame => line.StartsWith(frame, StringComparison.Ordinal))));
    }

    /// <summary>
    /// The text of <see cref="Exception.ToString"/>, which copies all messages once more. Messages that are too long for that are cut
    /// first.
    /// </summary>
    private static string Whole(Exception exception)
    {
        Exception[] chain = [.. Chain(exception)];
        return chain.Sum(link => ((string?)link.Message)?.Length ?? 0L) <= BoundedText.LongestStack
            ? exception.ToString()
            : string.Join("\n ---> ", chain.Select(link => $"{link.GetType()}: {ShortMessage(link)}\n{link.StackTrace}"));
    }

    private static string ShortMessage(Exception exception) =>
        BoundedText.Cut((string?)exception.Message ?? "", BoundedText.LongestMessage);

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }
}
