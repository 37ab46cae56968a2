using System.IO.Pipes;
using System.Security.Cryptography;
using System.Text.Json;

namespace LogMl.Host.Workers;

/// <summary>The host's end of the pipe to one worker: JSON lines in both directions.</summary>
internal sealed class WorkerConnection : IDisposable
{
    private const int NameBytes = 12;

    private readonly NamedPipeServerStream _pipe;
    private byte[] _buffer = new byte[8192];
    private int _start;
    private int _end;

    public WorkerConnection()
    {
        PipeName = "logml-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NameBytes));

        // Asynchronous: on Windows, a write to a pipe that is not would wait for the pending read.
        _pipe = new NamedPipeServerStream(
            PipeName, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
    }

    public string PipeName { get; }

    /// <summary>Waits for the worker.</summary>
    /// <exception cref="OperationCanceledException">It did not come before <paramref name="giveUp"/>.</exception>
    public void Accept(CancellationToken giveUp) => _pipe.WaitForConnectionAsync(giveUp).GetAwaiter().GetResult();

    /// <summary>Sends one whole line.</summary>
    /// <returns>False when the worker is gone.</returns>
    public bool Send(ReadOnlySpan<byte> line)
    {
        try
        {
            _pipe.Write(line);
            return true;
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The next message; null when the worker is gone, or sends what is no message.</summary>
    public JsonDocument? Receive()
    {
        var searched = _start;
        while (true)
        {
            var end = Array.IndexOf(_buffer, (byte)'\n', searched, _end - searched);
            if (end >= 0)
            {
                var line = _buffer.AsMemory(_start, end - _start);
                _start = end + 1;
                return Parse(line);
            }

            MakeRoom();
            searched = _end;
            var read = Read();
            if (read == 0)
            {
                return null;
            }

            _end += read;
        }
    }

    public void Dispose() => _pipe.Dispose();

    private static JsonDocument? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            // Copied, because the document refers to its text and the buffer is used again.
            return JsonDocument.Parse(line.ToArray());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            Array.Copy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }

    private int Read()
    {
        try
        {
            return _pipe.Read(_buffer, _end, _buffer.Length - _end);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            return 0;
        }
    }
}
