using System.Diagnostics;
using System.Globalization;
using LogMl.Optimization;
using LogMl.Optimization.Sampling;
using LogMl.Storage;
using LogMl.TestKit;
using LogMl.TestKit.Postgres;

namespace LogMl.Benchmarks.Storage;

/// <summary>What it takes to go on with a large study: a fresh process opens it, and asks for and tells one trial.</summary>
internal static class OpeningCost
{
    /// <summary>The argument that makes this program the fresh process.</summary>
    public const string ChildVerb = "open-study";

    private const string Sqlite = "sqlite";
    private const string Name = "study";

    public static void Run()
    {
        var table = new Table("opening a study", "trials", "parameters", "opened in", "next trial in", "peak memory");
        using var folder = new TempDirectory("opening");
        using var server = PostgresServer.Missing is null ? PostgresServer.Create() : null;
        foreach (var (trials, parameters) in new[] { (0, 5), (100_000, 5), (100_000, 20) })
        {
            var file = Path.Combine(folder.Path, string.Create(CultureInfo.InvariantCulture, $"{trials}-{parameters}.db"));
            Add(table, Sqlite, file, trials, parameters);
            if (server is not null)
            {
                Add(table, "postgresql", server.CreateDatabase().ConnectionString, trials, parameters);
            }
        }

        table.Print();
    }

    /// <summary>The fresh process.</summary>
    public static void RunChild(string kind, string place, string parameters)
    {
        var start = Stopwatch.GetTimestamp();
        using var storage = Open(kind, place);
        using var study = OpenStudy(storage, int.Parse(parameters, CultureInfo.InvariantCulture));
        var opened = Stopwatch.GetElapsedTime(start);
        start = Stopwatch.GetTimestamp();
        study.Tell(study.Ask()!, 0);
        var next = Stopwatch.GetElapsedTime(start);
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{study.Finished - 1} {opened.TotalMilliseconds} {next.TotalMilliseconds} {self.PeakWorkingSet64}"));
    }

    private static void Add(Table table, string kind, string place, int trials, int parameters)
    {
        using (var storage = Open(kind, place))
        using (var study = OpenStudy(storage, parameters))
        {
            StudyFiller.Fill(kind == Sqlite, place, study.Id, trials, parameters);
        }

        var child = TestKit.CommandLine.DotnetAsync(
            Repository.Root, [
                "exec",
                typeof(OpeningCost).Assembly.Location,
                ChildVerb,
                kind,
                place,
                parameters.ToString(CultureInfo.InvariantCulture)
            ]).GetAwaiter().GetResult();
        var figures = child.Succeeded().Lines[0].Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        if (figures[0] != trials)
        {
            throw new InvalidOperationException($"The study has {figures[0]} trials, not {trials}.");
        }

        table.Add(
            kind == Sqlite ? "SQLite" : "PostgreSQL",
            trials.ToString("#,0", CultureInfo.InvariantCulture),
            parameters.ToString(CultureInfo.InvariantCulture),
            Table.Milliseconds(figures[1]),
            Table.Milliseconds(figures[2]),
            (figures[3] / (1024 * 1024)).ToString("#,0", CultureInfo.InvariantCulture) + " MB");
    }

    private static StudyStorage Open(string kind, string place) =>
        kind == Sqlite ? StudyStorages.Sqlite(place) : StudyStorages.PostgreSql(place);

    private static StoredStudy OpenStudy(StudyStorage storage, int parameters) =>
        StoredStudy.Open(storage, Name, StorageCost.Space(parameters), new StudyOptions { Sampler = Samplers.Tpe(seed: 1) });
}
