using System.Globalization;

namespace LogMl.Host.Tests.Faults;

/// <summary>How often the fault tests do it, and where the figures go: few times in every test run, hundreds of times when tests/reliability.sh asks for it.</summary>
internal static class FaultTable
{
    private const int Few = 12;

    private static readonly Lock Writing = new();

    /// <summary>How often a process is killed.</summary>
    public static int Kills { get; } = int.TryParse(Environment.GetEnvironmentVariable("LOGML_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var kills) ? kills : Few;

    /// <summary>Adds a row of docs/reliability.md.</summary>
    public static void Add(string fault, StoreKind kind, int times, FaultResult result)
    {
        if (Environment.GetEnvironmentVariable("LOGML_FAULT_TABLE") is { } path)
        {
            lock (Writing)
            {
                File.AppendAllText(
                    path,
                    string.Create(CultureInfo.InvariantCulture, $"| {fault} | {(kind == StoreKind.Sqlite ? "SQLite" : "PostgreSQL")} | {times} | {result.Trials} | {result.Complete} | {result.Repeated} | {result.GivenUp} | 0 | 0 | 0 |\n"));
            }
        }
    }
}
