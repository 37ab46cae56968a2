using System.Diagnostics;
using System.Globalization;
using LogMl.Shared;

namespace LogMl.Host.Workers;

/// <summary>Measures the resident memory of a worker. On Linux it includes the processes that the worker has started.</summary>
internal sealed class MemoryMeter(WorkerFamily family, int worker)
{
    /// <summary>The interval between two searches of all processes of the machine, as a multiple of the time that a search takes.</summary>
    private const int SearchIntervalFactor = 20;

    private int[] _members = [worker];
    private long _searched;
    private TimeSpan _untilSearch;

    /// <summary>The memory in bytes. Memory that processes share counts for each of them.</summary>
    public long Read()
    {
        if (!OperatingSystem.IsLinux())
        {
            return WorkingSet();
        }

        if (Stopwatch.GetElapsedTime(_searched) >= _untilSearch)
        {
            var started = Stopwatch.GetTimestamp();
            _members = [.. family.Members().Union([worker])];
            _searched = Stopwatch.GetTimestamp();
            _untilSearch = Stopwatch.GetElapsedTime(started, _searched) * SearchIntervalFactor;
        }

        return _members.Sum(Resident);
    }

    /// <summary>The resident memory of a process: the second number of statm, which counts pages.</summary>
    private static long Resident(int process)
    {
        try
        {
            var fields = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/statm")).Split(' ');
            return long.Parse(fields[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or IndexOutOfRangeException)
        {
            // The process has ended.
            return 0;
        }
    }

    private long WorkingSet()
    {
        try
        {
            using var process = Process.GetProcessById(worker);
            return process.WorkingSet64;
        }
        catch (Exception exception) when (
            exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return 0;
        }
    }
}
