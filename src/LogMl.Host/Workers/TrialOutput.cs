using System.Buffers.Text;
using System.Text;

namespace LogMl.Host.Workers;

/// <summary>
/// Gives every trial its own part of what a worker prints into one of its streams. The worker ends each trial's part with a mark
/// (docs/architecture.md, seam 3); the mark is cut out. What comes outside of any trial (before the first, when the process cannot even start) is
/// kept in memory, for messages only.
/// </summary>
internal sealed class TrialOutput : IDisposable
{
    private const int TailLength = 4096;

    private readonly Lock _lock = new();
    private readonly Stream _source;
    private readonly Queue<string> _files = new();
    private readonly Thread _pump;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly byte[] _tail = new byte[TailLength];
    private long _tailTotal;
    private FileStream? _open;

    public TrialOutput(Stream source, string name)
    {
        _source = source;
        _pump = new Thread(Pump) { Name = name, IsBackground = true };
        _pump.Start();
    }

    private static ReadOnlySpan<byte> MarkStart => "\u001eLOGML-END "u8;

    /// <summary>The last bytes that the current trial, or the process outside of any, has printed.</summary>
    public string Tail
    {
        get
        {
            lock (_lock)
            {
                var length = (int)Math.Min(_tailTotal, TailLength);
                var start = (int)((_tailTotal - length) % TailLength);
                var bytes = new byte[length];
                for (var i = 0; i < length; i++)
                {
                    bytes[i] = _tail[(start + i) % TailLength];
                }

                return Encoding.UTF8.GetString(bytes).Trim();
            }
        }
    }

    /// <summary>What follows belongs to a new trial, once the trials before it have ended. The file is created with the first byte.</summary>
    public void BeginTrial(string file)
    {
        lock (_lock)
        {
            _files.Enqueue(file);
        }
    }

    /// <summary>Waits until the process has closed the stream and all of it is written.</summary>
    /// <returns>False when somebody, a child of the worker, still holds the stream open.</returns>
    public bool WaitForEnd(TimeSpan limit) => _pump.Join(limit);

    public void Dispose()
    {
        _source.Dispose();
        lock (_lock)
        {
            _open?.Dispose();
            _open = null;
        }
    }

    private void Pump()
    {
        var kept = 0;
        try
        {
            int read;
            while ((read = _source.Read(_buffer, kept, _buffer.Length - kept)) > 0)
            {
                lock (_lock)
                {
                    kept = Take(kept + read);
                    _open?.Flush();
                }
            }

            lock (_lock)
            {
                Write(_buffer.AsSpan(0, kept));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The process is gone, or its output cannot be written (the disk is full): the trial goes on without.
        }

        lock (_lock)
        {
            _open?.Dispose();
            _open = null;
        }
    }

    /// <summary>Writes what is certain, and moves the rest, which may be the beginning of a mark, to the front.</summary>
    /// <returns>The length of the rest.</returns>
    private int Take(int length)
    {
        var data = _buffer.AsSpan(0, length);
        while (true)
        {
            var candidate = data.IndexOf(MarkStart[0]);
            if (candidate < 0)
            {
                Write(data);
                return 0;
            }

            Write(data[..candidate]);
            data = data[candidate..];
            switch (MarkLength(data))
            {
                case 0:
                    Write(data[..1]);
                    data = data[1..];
                    break;
                case > 0 and var mark:
                    EndTrial();
                    data = data[mark..];
                    break;
                default:
                    data.CopyTo(_buffer);
                    return data.Length;
            }
        }
    }

    /// <summary>The length of the mark that the data begins with; 0 when it is none; -1 when that cannot be said yet.</summary>
    private static int MarkLength(ReadOnlySpan<byte> data)
    {
        if (data.Length < MarkStart.Length)
        {
            return MarkStart.StartsWith(data) ? -1 : 0;
        }

        if (!data.StartsWith(MarkStart))
        {
            return 0;
        }

        var rest = data[MarkStart.Length..];
        var end = rest.IndexOf((byte)'\n');
        const int LongestNumber = 12;
        return end < 0
            ? rest.Length <= LongestNumber ? -1 : 0
            : Utf8Parser.TryParse(rest[..end], out int _, out var used) && used == end ? MarkStart.Length + end + 1 : 0;
    }

    private void Write(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            return;
        }

        foreach (var b in data[^Math.Min(data.Length, TailLength)..])
        {
            _tail[_tailTotal++ % TailLength] = b;
        }

        if (_open is null && _files.TryPeek(out var file))
        {
            _open = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        }

        _open?.Write(data);
    }

    private void EndTrial()
    {
        _open?.Dispose();
        _open = null;
        _files.TryDequeue(out _);
        _tailTotal = 0;
    }
}
