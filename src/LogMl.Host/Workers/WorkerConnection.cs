using System.IO.Pipes;
using System.Security.Cryptography;
using System.Text.Json;
using LogMl.Shared;

namespace LogMl.Host.Workers;

/// <summary>The host's end of the pipe to one worker: JSON lines in both directions.</summary>
internal sealed class WorkerConnection : IDisposable
{
    private const int NameBytes = 12;

    private readonly Lock _writing = new();
    private readonly NamedPipeServerStream _pipe;
    private readonly LineReader _lines;

    public WorkerConnection()
    {
        PipeName = "logml-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NameBytes));

        // Asynchronous: on Windows, a write to a pipe that is not would wait for the pending read.
        _pipe = new NamedPipeServerStream(
            PipeName, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        _lines = new LineReader(_pipe);
    }

    public string PipeName { get; }

    /// <summary>Waits for the worker.</summary>
    /// <exception cref="OperationCanceledException">It did not come before <paramref name="giveUp"/>.</exception>
    public void Accept(CancellationToken giveUp) => _pipe.WaitForConnectionAsync(giveUp).GetAwaiter().GetResult();

    /// <summary>Sends one whole line. Any thread may call it.</summary>
    /// <returns>False when the worker is gone.</returns>
    public bool Send(ReadOnlySpan<byte> line)
    {
        try
        {
            lock (_writing)
            {
                _pipe.Write(line);
            }

            return true;
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The next message, valid until the next call; null when the worker is gone.</summary>
    /// <exception cref="JsonException">The worker sent what is no message.</exception>
    public JsonDocument? Receive() => _lines.ReadLine() is { } line ? JsonDocument.Parse(line) : null;

    public void Dispose() => _pipe.Dispose();
}
