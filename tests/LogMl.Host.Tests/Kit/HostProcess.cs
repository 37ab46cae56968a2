using System.Diagnostics;
using System.Globalization;
using System.Text;
using LogMl.Shared.Wire;

namespace LogMl.Host.Tests.Kit;

/// <summary>The real host as a process of its own, with the events that it has sent so far.</summary>
internal sealed class HostProcess : IDisposable
{
    /// <summary>The time limit, far more than any search here takes on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Process _process;
    private readonly List<EventLine> _events = [];
    private readonly StringBuilder _other = new();

    public HostProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Take(e.Data);
        _process.ErrorDataReceived += (_, e) => Take(e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>The lines that are no events; empty when nothing is wrong.</summary>
    public string Other
    {
        get
        {
            lock (_events)
            {
                return _other.ToString();
            }
        }
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public int WaitForExit()
    {
        Assert.True(_process.WaitForExit(Patience), "The host does not end. " + Text);
        _process.WaitForExit();
        return _process.ExitCode;
    }

    /// <summary>When it ended.</summary>
    public DateTime ExitTime => _process.ExitTime;

    /// <summary>The events of a kind, each with its fields.</summary>
    public string[][] Events(string kind)
    {
        lock (_events)
        {
            return [.. _events.Where(e => e.Kind == kind).Select(e => e.Fields)];
        }
    }

    /// <summary>All of its output, for the message of an assertion.</summary>
    public string Text
    {
        get
        {
            lock (_events)
            {
                return string.Join('\n', _events.Select(e => e.Kind + ": " + string.Join(" | ", e.Fields))) + "\n" + _other;
            }
        }
    }

    public void Signal(string name) => ProcessList.Signal(Id, name);

    /// <summary>Waits until a condition is true.</summary>
    public static void WaitUntil(Func<bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"Never: {what}.");
            Thread.Sleep(20);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        lock (_events)
        {
            if (line is not null && EventLine.TryParse(line, out var written))
            {
                _events.Add(written);
            }
            else if (line is not null)
            {
                _other.Append(line).Append('\n');
            }
        }
    }
}
