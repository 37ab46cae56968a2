using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using LogMl.Optimization;
using LogMl.Optimization.Sampling;
using LogMl.Storage;
using LogMl.TestKit;
using LogMl.TestKit.Postgres;
using Npgsql;

namespace LogMl.Benchmarks.Storage;

/// <summary>
/// Many hosts on one study in PostgreSQL: how many trials they claim in a second, how long one waits for its next trial, and whether every
/// trial is run once. Each host has a storage of its own, with its own connections and heartbeats, as a process would have; the
/// trials sleep. All hosts and the server share this machine, so that the figures are below those of real machines.
/// </summary>
internal static class ManyHosts
{
    private const int Parameters = 5;
    private const string Name = "study";

    public static void Run()
    {
        if (PostgresServer.Missing is { } missing)
        {
            Console.WriteLine($"  no PostgreSQL: {missing}");
            return;
        }

        using var server = PostgresServer.Create(connections: 2_100);
        var table = new Table(
            "hosts", "trials", "of", "ideal", "took", "trials/s", "next trial: median", "p99", "server, CPU/trial", "repeated claims");
        foreach (var (hosts, trials, length) in new[]
        {
            (1, 400, 0.05), (4, 1_600, 0.05), (16, 1_600, 0.2), (64, 2_000, 1.0), (250, 2_000, 4.0), (1_000, 4_000, 20.0),
        })
        {
            Add(table, server, hosts, trials, TimeSpan.FromSeconds(length));
        }

        table.Print();
        Console.WriteLine();
        RunBeside(server);
    }

    /// <summary>What a trial costs that does nothing, while other hosts run many.</summary>
    private static void RunBeside(PostgresServer server)
    {
        const int Trials = 100;
        var table = new Table("running elsewhere", "a trial takes", "server, CPU/trial", "host, CPU/trial");
        foreach (var running in new[] { 0, 16, 100, 1_000 })
        {
            var database = server.CreateDatabase().ConnectionString;
            using var others = StudyStorages.PostgreSql(database);
            using var other = Open(others);
            for (var i = 0; i < running; i++)
            {
                other.Ask();
            }

            using var storage = StudyStorages.PostgreSql(database);
            using var study = Open(storage);
            study.Tell(study.Ask()!, 0);
            using var self = Process.GetCurrentProcess();
            var (start, serverCpu, cpu) = (Stopwatch.GetTimestamp(), ServerCpu(server), self.TotalProcessorTime);
            for (var i = 0; i < Trials; i++)
            {
                study.Tell(study.Ask()!, 0);
            }

            self.Refresh();
            table.Add(
                running.ToString("#,0", CultureInfo.InvariantCulture),
                Table.Milliseconds(Stopwatch.GetElapsedTime(start).TotalMilliseconds / Trials),
                Table.Milliseconds((ServerCpu(server) - serverCpu).TotalMilliseconds / Trials),
                Table.Milliseconds((self.TotalProcessorTime - cpu).TotalMilliseconds / Trials));
        }

        table.Print();
    }

    private static void Add(Table table, PostgresServer server, int hosts, int trials, TimeSpan length)
    {
        var database = server.CreateDatabase().ConnectionString;
        using (var storage = StudyStorages.PostgreSql(database))
        using (Open(storage))
        {
            // The first host begins the study. That it exists is not what is measured.
        }

        var (waits, runs) = (new ConcurrentBag<double>(), new ConcurrentDictionary<int, int>());
        var cpu = ServerCpu(server);
        var start = Stopwatch.GetTimestamp();
        const int Stack = 512 * 1024;
        var threads = Enumerable.Range(0, hosts)
            .Select(_ => new Thread(() => Search(database, trials, length, waits, runs), Stack)).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        var took = Stopwatch.GetElapsedTime(start);
        cpu = ServerCpu(server) - cpu;
        Check(database, trials, runs);

        var sample = waits.Order().ToArray();
        table.Add(
            hosts.ToString("#,0", CultureInfo.InvariantCulture),
            trials.ToString("#,0", CultureInfo.InvariantCulture),
            Table.Milliseconds(length.TotalMilliseconds),
            string.Create(CultureInfo.InvariantCulture, $"{length.TotalSeconds * trials / hosts:0.0} s"),
            string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds:0.0} s"),
            string.Create(CultureInfo.InvariantCulture, $"{trials / took.TotalSeconds:0.0}"),
            Table.Milliseconds(sample[sample.Length / 2]),
            Table.Milliseconds(sample[(int)(0.99 * (sample.Length - 1))]),
            Table.Milliseconds(cpu.TotalMilliseconds / trials),
            Rollbacks(database).ToString("#,0", CultureInfo.InvariantCulture));
    }

    private static void Search(
        string database, int trials, TimeSpan length, ConcurrentBag<double> waits, ConcurrentDictionary<int, int> runs)
    {
        using var storage = StudyStorages.PostgreSql(database);
        using var study = Open(storage);
        while (true)
        {
            var start = Stopwatch.GetTimestamp();
            if (study.Ask(trials) is not { } trial)
            {
                return;
            }

            waits.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            Thread.Sleep(length);
            runs.AddOrUpdate(trial.Number, 1, (_, before) => before + 1);
            study.Tell(trial, trial.Values.Values.Sum());
        }
    }

    private static StoredStudy Open(StudyStorage storage) => StoredStudy.Open(
        storage, Name, StorageCost.Space(Parameters), new StudyOptions { Sampler = Samplers.Tpe(seed: 1) });

    /// <summary>Each trial was run once, and is stored with the loss of its own point.</summary>
    private static void Check(string database, int trials, ConcurrentDictionary<int, int> runs)
    {
        using var storage = StudyStorages.PostgreSql(database, new StorageOptions { ReadOnly = true });
        var summary = storage.ListStudies().Single();
        var twice = runs.Count(pair => pair.Value != 1);
        if (summary.Complete != trials || runs.Count != trials || twice > 0)
        {
            throw new InvalidOperationException(
                $"{summary.Complete} trials are stored, {runs.Count} were run, {twice} of them more than once; there should be {trials}.");
        }
    }

    /// <summary>The processor time that the server and its processes have used.</summary>
    private static TimeSpan ServerCpu(PostgresServer server)
    {
        // Fields 11 to 14 from the state on: utime, stime, and those of the children that have ended, such as closed connections.
        var ticks = LinuxProcess.ChildrenOf(server.ProcessId!.Value).Prepend(server.ProcessId.Value)
            .Select(LinuxProcess.Fields).Where(fields => fields.Length > 15)
            .Sum(fields => fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)));
        return TimeSpan.FromSeconds(ticks / 100.0);
    }

    /// <summary>How many transactions were undone: a claim whose number another host had first.</summary>
    private static long Rollbacks(string database)
    {
        using var source = NpgsqlDataSource.Create(database);
        using var command = source.CreateCommand("SELECT xact_rollback FROM pg_stat_database WHERE datname = current_database()");
        return (long)command.ExecuteScalar()!;
    }
}
