using System.Globalization;

namespace LogMl.Host.Tests.Faults;

/// <summary>How often the fault tests do it, and where the figures go: few times in every test run, hundreds of times when tests/reliability.sh asks for it.</summary>
internal static class FaultTable
{
    private const int Few = 12;

    private static readonly Lock Writing = new();

    /// <summary>How often a process is killed.</summary>
    public static int Kills { get; } = int.TryParse(Environment.GetEnvironmentVariable("LOGML_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var kills) ? kills : Few;

    /// <summary>How often something is done that takes its time.</summary>
    /// <param name="share">How many kills take as long.</param>
    public static int Times(int share) => Math.Max(1, Kills / share);

    /// <summary>Adds a row to the first table of docs/reliability.md.</summary>
    /// <param name="fault">What was done.</param>
    /// <param name="kind">Where the study lives.</param>
    /// <param name="times">How often.</param>
    /// <param name="result">What <see cref="FaultySearch"/> has counted.</param>
    public static void Add(string fault, StoreKind kind, int times, FaultResult result) => Write(
        "",
        string.Create(CultureInfo.InvariantCulture, $"| {fault} | {(kind == StoreKind.Sqlite ? "SQLite" : "PostgreSQL")} | {times} | {result.Trials} | {result.Told} | {result.Complete} | {result.Repeated} | {result.GivenUp} |"));

    /// <summary>Adds a row to the second table, of what was refused.</summary>
    /// <param name="fault">What was wrong.</param>
    /// <param name="answers">The codes of the errors, one for each time; "" for a search that went through.</param>
    public static void AddRefusals(string fault, IReadOnlyCollection<string> answers) => Write(
        ".refusals",
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {fault} | {answers.Count} | {string.Join(", ", answers.GroupBy(code => code).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{(group.Key.Length > 0 ? group.Key : "none")} ({group.Count()})"))} |"));

    private static void Write(string suffix, string row)
    {
        if (Environment.GetEnvironmentVariable("LOGML_FAULT_TABLE") is { Length: > 0 } path)
        {
            lock (Writing)
            {
                File.AppendAllText(path + suffix, row + "\n");
            }
        }
    }
}
