using System.Text;

namespace LogMl;

/// <summary>Sets up <see cref="Console.Out"/> and <see cref="Console.Error"/> for user code.</summary>
internal static class UserConsole
{
    /// <summary>Makes both write UTF-8, whatever the code page of the machine. So the logs of a trial are the same everywhere.</summary>
    public static void Open()
    {
        OpenOut();
        OpenError();
    }

    /// <summary>Flushes both. One that the trial has closed is opened again, so that the next trial can print.</summary>
    public static void Flush()
    {
        if (!IsOpen(Console.Out))
        {
            OpenOut();
        }

        if (!IsOpen(Console.Error))
        {
            OpenError();
        }
    }

    private static void OpenOut() => Console.SetOut(Writer(Console.OpenStandardOutput()));

    private static void OpenError() => Console.SetError(Writer(Console.OpenStandardError()));

    private static StreamWriter Writer(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };

    private static bool IsOpen(TextWriter writer)
    {
        try
        {
            writer.Flush();
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Any other exception comes from a writer that user code has set. That writer stays.
            return exception is not ObjectDisposedException;
        }
    }
}
