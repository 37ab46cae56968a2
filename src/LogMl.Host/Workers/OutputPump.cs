using System.Collections.Concurrent;

namespace LogMl.Host.Workers;

/// <summary>
/// Reads one of a worker's output streams and gives every trial its part. The logs are queued before their trials start, so that the worker
/// does not wait between two trials.
/// </summary>
internal sealed class OutputPump
{
    private const int BufferSize = 64 * 1024;

    private readonly ConcurrentQueue<TrialLog> _next = new();
    private readonly Stream _stream;
    private readonly OutputCutter _cutter;
    private readonly Thread _thread;
    private readonly object _ending = new();
    private OutputTail _tail = new();

    /// <summary>That of the last trial that has ended.</summary>
    private OutputTail _endedTail = new();
    private int _queued;
    private int _ended;
    private bool _isOver;

    /// <summary>The log of the present output; null while the assembly is loaded.</summary>
    private TrialLog? _log;
    private bool _isStarting = true;
    private bool _isTrialRunning;

    public OutputPump(string name, Stream stream)
    {
        _stream = stream;
        _cutter = new OutputCutter(TryEnd, Write);
        _thread = new Thread(Run) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>The end of the output of the running trial, or of the process before its first trial.</summary>
    public string Tail => Volatile.Read(ref _tail).Text;

    /// <summary>Adds the log of the next trial.</summary>
    public void Enqueue(TrialLog log)
    {
        _queued++;
        _next.Enqueue(log);
    }

    /// <summary>The end of the output of the trial that was added last and has ended, or whose process has.</summary>
    /// <param name="limit">How long it waits at most for what is still on its way.</param>
    public string ReadEnd(TimeSpan limit)
    {
        var until = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        lock (_ending)
        {
            while (_ended < _queued && !_isOver && until - Environment.TickCount64 is > 0 and var rest)
            {
                Monitor.Wait(_ending, (int)rest);
            }

            return (_ended < _queued ? _tail : _endedTail).Text;
        }
    }

    /// <summary>Waits until the process has closed the stream and all of it is written.</summary>
    /// <returns>False when a child of the worker still holds the stream open.</returns>
    public bool WaitForEnd(TimeSpan limit) => _thread.Join(limit);

    private void Run()
    {
        var buffer = new byte[BufferSize];
        while (Read(buffer) is > 0 and var read)
        {
            _cutter.Add(buffer.AsSpan(0, read));
        }

        _cutter.Complete();
        lock (_ending)
        {
            _isOver = true;
            Monitor.PulseAll(_ending);
        }

        _log?.Close();
    }

    private int Read(byte[] buffer)
    {
        try
        {
            return _stream.Read(buffer);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _tail.Add(bytes);
        if (!_isStarting)
        {
            GoToNext();
            _log?.Write(bytes);
        }
    }

    private bool TryEnd(string mark)
    {
        if (_isStarting)
        {
            _isStarting = mark != "start";
            return !_isStarting;
        }

        GoToNext();
        if (!_isTrialRunning || _log?.Mark != mark)
        {
            return false;
        }

        // The log stays open: a thread that the trial has left running may still print before the next trial starts.
        _log.End();
        _isTrialRunning = false;
        lock (_ending)
        {
            (_tail, _endedTail) = (_endedTail, _tail);
            _tail.Clear();
            _ended++;
            Monitor.PulseAll(_ending);
        }

        return true;
    }

    private void GoToNext()
    {
        if (!_isTrialRunning && _next.TryDequeue(out var next))
        {
            _log?.Close();
            _log = next;
            _isTrialRunning = true;
        }
    }
}
