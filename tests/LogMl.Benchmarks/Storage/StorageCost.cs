using System.Diagnostics;
using System.Globalization;
using LogMl.Optimization;
using LogMl.Optimization.Sampling;
using LogMl.Storage;
using LogMl.TestKit;
using LogMl.TestKit.Optuna;
using LogMl.TestKit.Postgres;

namespace LogMl.Benchmarks.Storage;

/// <summary>
/// What it costs to store a study: trials per second when the objective does nothing, beside the bare statements and beside Optuna, in the
/// same database.
/// </summary>
internal static class StorageCost
{
    public const int Parameters = 5;
    private const int Rounds = 3;

    /// <summary>Optuna's trials take so much longer that fewer are as exact.</summary>
    private const int TrialsOfOptuna = 300;

    private static int _studies;

    public static void Run()
    {
        var table = new Table("trials/s, median of 3", "StoredStudy", "bare SQL", "ratio", "Optuna", "ratio");
        using (var folder = new TempDirectory("storage"))
        {
            string NewFile() => Path.Combine(folder.Path, string.Create(CultureInfo.InvariantCulture, $"{++_studies}.db"));
            Add(
                table,
                "SQLite",
                2_000,
                trials => Ours(StudyStorages.Sqlite(NewFile()), trials),
                trials => BareSqlite.Run(NewFile(), trials),
                () => Optuna("sqlite:///" + NewFile()));
        }

        if (PostgresServer.Missing is { } missing)
        {
            Console.WriteLine($"  no PostgreSQL: {missing}");
        }
        else
        {
            using var server = PostgresServer.Create(fsync: true);
            Add(
                table,
                "PostgreSQL",
                1_000,
                trials => Ours(StudyStorages.PostgreSql(server.CreateDatabase().ConnectionString), trials),
                trials => BarePostgres.Run(server.CreateDatabase().ConnectionString, trials),
                () => Optuna(server.CreateDatabase().Url));
        }

        table.Print();
        Console.WriteLine();
        OpeningCost.Run();
    }

    public static SearchSpace Space(int parameters)
    {
        var space = new SearchSpace();
        for (var i = 0; i < parameters; i++)
        {
            space.Add(NameOf(i), Distribution.Uniform(0, 1));
        }

        return space;
    }

    public static string NameOf(int parameter) => string.Create(CultureInfo.InvariantCulture, $"p{parameter}");

    private static void Add(Table table, string name, int trials, Func<int, double> ours, Func<int, double> bare, Func<double>? optuna)
    {
        if (OptunaScript.Missing is { } missing)
        {
            Console.WriteLine($"  no Optuna: {missing}");
            optuna = null;
        }

        const int WarmUp = 200;
        ours(WarmUp);
        bare(WarmUp);

        // In turns: what else the machine does shall concern all of them alike.
        List<double> ofOurs = [], ofBare = [], ofOptuna = [];
        for (var round = 0; round < Rounds; round++)
        {
            ofOurs.Add(ours(trials));
            ofBare.Add(bare(trials));
            if (optuna is not null)
            {
                ofOptuna.Add(optuna());
            }
        }

        var (us, sql) = (new Sample(ofOurs).Median, new Sample(ofBare).Median);
        var them = ofOptuna.Count == 0 ? (double?)null : new Sample(ofOptuna).Median;
        table.Add(
            name,
            Number(us, "#,0"),
            Number(sql, "#,0"),
            Number(us / sql, "0.00"),
            them is null ? "" : Number(them.Value, "#,0.0"),
            them is null ? "" : Number(us / them.Value, "#,0"));
    }

    private static double Ours(StudyStorage opened, int trials)
    {
        using var storage = opened;
        using var study = StoredStudy.Open(storage, "study", Space(Parameters), new StudyOptions { Sampler = Samplers.Random(seed: 1) });
        var start = Stopwatch.GetTimestamp();
        while (study.Ask(trials) is { } trial)
        {
            study.Tell(trial, 0);
        }

        return trials / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Optuna(string url)
    {
        var script = Path.Combine(Repository.Root, "tests", "LogMl.Benchmarks", "Storage", "optuna_storage.py");
        var output = OptunaScript.RunFile(
            script, url, TrialsOfOptuna.ToString(CultureInfo.InvariantCulture), Parameters.ToString(CultureInfo.InvariantCulture));
        return double.Parse(output, CultureInfo.InvariantCulture);
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
