using System.IO.Pipes;
using LogMl.Shared;
using LogMl.Shared.Wire;

namespace LogMl;

/// <summary>The worker's end of the pipe: lines of UTF-8 JSON in both directions (docs/architecture.md, seam 3).</summary>
internal sealed class HostConnection : IDisposable
{
    /// <summary>The host listens before it starts a worker: what takes longer never comes.</summary>
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
    /// <returns>Null when no host answers: it is gone already.</returns>
    public static HostConnection? Open(string pipeName)
    {
        // Asynchronous: a pipe handle that is not would make a write wait for the pending read on Windows.
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
            // The host is gone; the reading thread notices it too, and ends the process.
        }
    }

    /// <summary>The next message; null when the host is gone.</summary>
    public HostMessage? Receive() => _lines.ReadLine() is { } line ? HostMessage.Read(line) : null;

    public void Dispose() => _pipe.Dispose();
}
