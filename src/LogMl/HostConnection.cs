using System.IO.Pipes;
using LogMl.Shared;
using LogMl.Shared.Wire;

namespace LogMl;

/// <summary>The worker's end of the pipe: lines of UTF-8 JSON in both directions (docs/architecture.md, seam 3).</summary>
internal sealed class HostConnection : IDisposable
{
    /// <summary>The host listens before it starts a worker, so a longer wait is of no use.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly Lock _writing = new();
    private readonly NamedPipeClientStream _pipe;
    private readonly LineReader _lines;

    private HostConnection(NamedPipeClientStream pipe)
    {
        _pipe = pipe;
        _lines = new LineReader(pipe);
    }

    /// <summary>Connects to the host.</summary>
    /// <returns>Null when no host answers, because it is already gone.</returns>
    public static HostConnection? Open(string pipeName)
    {
        // The pipe is asynchronous: on Windows, writing to a synchronous one would wait for the pending read.
        var pipe = new NamedPipeClientStream(".", pipeName, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        try
        {
            pipe.Connect(ConnectTimeout);
            return new HostConnection(pipe);
        }
        catch (Exception exception) when (exception is IOException or TimeoutException or UnauthorizedAccessException)
        {
            pipe.Dispose();
            return null;
        }
    }

    /// <summary>Sends a message. Any thread may call it.</summary>
    public void Send(WorkerMessage message)
    {
        var line = message.ToLine();
        try
        {
            lock (_writing)
            {
                _pipe.Write(line);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The host is gone. The reading thread notices that too, and ends the process.
        }
    }

    /// <summary>The next message; null when the host is gone.</summary>
    public HostMessage? Receive() => _lines.ReadLine() is { } line ? HostMessage.Read(line) : null;

    public void Dispose() => _pipe.Dispose();
}
