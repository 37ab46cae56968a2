using System.Diagnostics;
using System.Globalization;
using LogMl.Shared;

namespace LogMl.Host.Workers;

/// <summary>Measures the resident memory of a worker, on Linux together with that of the processes that it has started.</summary>
internal sealed class MemoryMeter(WorkerFamily family, int worker)
{
    /// <summary>To look at all processes of the machine takes so many times less time than passes until the next look.</summary>
    private const int SearchShare = 20;

    private int[] _members = [worker];
    private long _searched;
    private TimeSpan _untilSearch;

    /// <summary>Bytes; memory that processes share counts for each of them.</summary>
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
            _untilSearch = Stopwatch.GetElapsedTime(started, _searched) * SearchShare;
        }

        return _members.Sum(Resident);
    }

    /// <summary>The second number of statm: pages.</summary>
    private static long Resident(int process)
    {
        try
        {
            var fields = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/statm")).Split(' ');
            return long.Parse(fields[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or IndexOutOfRangeException)
        {
            // It has ended.
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
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return 0;
        }
    }
}
