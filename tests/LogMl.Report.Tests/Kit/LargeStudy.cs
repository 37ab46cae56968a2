using LogMl.Optimization;
using LogMl.Report.Reading;
using LogMl.Shared;
using LogMl.Storage;
using LogMl.Storage.Encoding;

namespace LogMl.Report.Tests.Kit;

/// <summary>A study that is as large as reports are made for, as the reader gives it. Its values are random to the last digit.</summary>
internal static class LargeStudy
{
    private static readonly DateTime Begin = new(2026, 11, 1, 8, 0, 0, DateTimeKind.Utc);

    public static StudyContent Content(int trials, int parameters)
    {
        var random = new Random(5);
        string[] names = [.. Enumerable.Range(0, parameters).Select(p => $"step_{p % 5}.parameter_{p}")];
        return new StudyContent
        {
            Study = new StudyRecord(1, "large", [Direction.Minimize], new Dictionary<string, string>()),
            Storage = "memory",
            IsRunning = false,
            Functions = new StoredFunctions(),
            View = null,
            Space = null,
            NoSpace = null,
            Hosts = [],
            Stragglers = Stragglers.None,
            Trials =
            [
                .. Enumerable.Range(0, trials).Select(n => new TrialRecord(n + 1, n, StoredState.Complete)
                {
                    Started = Begin.AddSeconds(n),
                    Completed = Begin.AddSeconds(n + random.NextDouble()),
                    Parameters = [.. names.Select(name => KeyValuePair.Create(name, random.NextDouble()))],
                    Values = [random.NextDouble()],
                }),
            ],
            Notes = new Dictionary<int, IReadOnlyDictionary<string, string>>(),
            Distributions = [.. names.Select(name => (name, new StoredDistribution(StoredKind.Float) { Low = 0, High = 1 }))],
        };
    }
}
