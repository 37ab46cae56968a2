using System.Globalization;

namespace LogMl.Host.Tests.Faults;

/// <summary>
/// The number of faults in each fault test, and the tables of results. A test run causes few faults; tests/reliability.sh asks for
/// hundreds.
/// </summary>
internal static class FaultTable
{
    private const int Few = 12;

    private static readonly Lock Writing = new();

    /// <summary>The number of kills.</summary>
    public static int Kills { get; } = int.TryParse(
        Environment.GetEnvironmentVariable("LOGML_KILLS"),
        NumberStyles.None,
        CultureInfo.InvariantCulture,
        out var kills) ? kills : Few;

    /// <summary>The number of faults that take longer.</summary>
    /// <param name="share">The number of kills that take as long as one such fault.</param>
    public static int Times(int share) => Math.Max(1, Kills / share);

    /// <summary>Whether this is the long form.</summary>
    public static bool IsLong => Environment.GetEnvironmentVariable("LOGML_KILLS") is { Length: > 0 };

    /// <summary>The number of kills, or a few in a test run.</summary>
    public static int KillsOr(int few) => IsLong ? Kills : few;

    /// <summary>The number of faults that take longer, or a few in a test run.</summary>
    public static int TimesOr(int share, int few) => IsLong ? Times(share) : few;

    /// <summary>Adds a row to the table of faults of nodes.</summary>
    public static void AddOfNodes(string row) => Write(".nodes", row);

    /// <summary>Adds a row to the first table of docs/reliability.md.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="kind">The store of the study.</param>
    /// <param name="times">The number of faults.</param>
    /// <param name="result">The counts of <see cref="FaultySearch"/>.</param>
    public static void Add(string fault, StoreKind kind, int times, FaultResult result) => Write(
        "",
        string.Create(CultureInfo.InvariantCulture, $"| {fault} | {(kind == StoreKind.Sqlite ? "SQLite" : "PostgreSQL")} | {times} | {result.Trials} | {result.Told} | {result.Complete} | {result.Repeated} | {result.GivenUp} |"));

    /// <summary>Adds a row to the second table, of what was refused.</summary>
    /// <param name="fault">What was wrong.</param>
    /// <param name="answers">The codes of the errors, one for each fault; "" for a search that succeeded.</param>
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
