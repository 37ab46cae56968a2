using System.IO.Pipes;
using System.Security.Cryptography;
using System.Text.Json;
using LogMl.Shared;
using LogMl.Shared.Wire;

namespace LogMl.Host.Workers;

/// <summary>The host's end of the pipe to one worker: JSON lines in both directions.</summary>
internal sealed class WorkerConnection : IDisposable
{
    private const int NameBytes = 12;

    private readonly Lock _writing = new();
    private readonly PipeFolder? _folder;
    private readonly NamedPipeServerStream _pipe;
    private readonly LineReader _lines;

    /// <exception cref="HostException">There is no place for the pipe.</exception>
    public WorkerConnection()
    {
        if (OperatingSystem.IsWindows())
        {
            PipeName = "logml-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NameBytes));
            _pipe = Open(PipeName);
        }
        else
        {
            // .NET takes an absolute path as the path of the socket itself.
            _folder = PipeFolder.Create(Open, out _pipe);
            PipeName = _folder.Socket;
        }

        _lines = new LineReader(_pipe);
    }

    /// <summary>The name of the pipe, which no other pipe has.</summary>
    public string PipeName { get; }

    /// <summary>Waits for the worker.</summary>
    /// <exception cref="OperationCanceledException">The worker did not connect before <paramref name="giveUp"/>.</exception>
    public void WaitForWorker(CancellationToken giveUp)
    {
        while (true)
        {
            try
            {
                _pipe.WaitForConnectionAsync(giveUp).GetAwaiter().GetResult();
                return;
            }
            catch (UnauthorizedAccessException)
            {
                // A process of another user tried to connect and was turned away. The worker is still to come.
            }
        }
    }

    /// <summary>Sends a message. Any thread may call it.</summary>
    /// <returns>False when the worker is gone.</returns>
    public bool Send(HostMessage message)
    {
        var line = message.ToLine();
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

    /// <summary>The next message; null when the worker is gone.</summary>
    /// <exception cref="JsonException">The line that the worker sent is no message.</exception>
    public WorkerMessage? Receive() => _lines.ReadLine() is { } line ? WorkerMessage.Read(line) : null;

    public void Dispose()
    {
        _pipe.Dispose();
        _folder?.Dispose();
    }

    /// <summary>Opens an asynchronous pipe: on Windows, writing to a synchronous one would wait for the pending read.</summary>
    private static NamedPipeServerStream Open(string name) =>
        new(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
}
