using System.Diagnostics;
using LogMl.Optimization;
using LogMl.Storage.Tests.Kit;
using LogMl.TestKit.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LogMl.Storage.Tests;

/// <summary>The connections of a server are few: what a host takes of them, and what it does when there is none.</summary>
public sealed class PostgresConnectionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly SearchSpace Space = new() { ["x"] = Distribution.Uniform(0, 1) };

    [PostgresFact]
    public void Many_trials_share_two_connections_which_are_closed_soon_after_their_last_use()
    {
        var database = PostgresServer.Shared.CreateDatabase().ConnectionString;
        using var storage = StudyStorages.PostgreSql(database);
        using (var study = Open(storage))
        {
            var most = 0L;
            Parallel.For(0, 40, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
            {
                study.Tell(study.Ask()!, 1);
                var now = Connections(database);
                lock (Space)
                {
                    most = Math.Max(most, now);
                }
            });
            Assert.InRange(most, 1, 2);
        }

        Wait(() => Connections(database) == 0, "An idle storage keeps connections.");
        Assert.Equal(40, storage.ViewStudy("study").History.Trials.Count(trial => trial.State == TrialState.Complete));
    }

    [PostgresFact]
    public async Task A_server_without_a_free_connection_is_waited_for_and_the_log_says_so()
    {
        using var server = PostgresServer.Create();
        var database = server.CreateDatabase().ConnectionString;
        using (var storage = StudyStorages.PostgreSql(database))
        {
            // The tables are there.
        }

        // A database for others than the role of the tests, which may do everything.
        PostgresQuery.Execute(database, "CREATE ROLE few LOGIN PASSWORD 'few' CONNECTION LIMIT 1");
        PostgresQuery.Execute(database, "GRANT ALL ON ALL TABLES IN SCHEMA public TO few");
        PostgresQuery.Execute(database, "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO few");
        var few = new NpgsqlConnectionStringBuilder(database) { Username = "few", Password = "few" }.ConnectionString;
        var log = new LinesLogger();
        Task<StudyStorage> opening;
        using (PostgresQuery.Open(few))
        {
            opening = Task.Run(() => StudyStorages.PostgreSql(few, new StorageOptions { Logger = log }));
            Wait(() => log.Lines.Length > 0, "Nothing was logged.");
            Assert.False(opening.IsCompleted);
        }

        using var opened = await opening.WaitAsync(Patience);
        Assert.Collection(
            log.Lines,
            line => Assert.EndsWith(
                "has no connection left (too many clients); it is tried again until one is free.", line, StringComparison.Ordinal),
            line => Assert.EndsWith("answers again.", line, StringComparison.Ordinal));
    }

    [PoolerTheory]
    [InlineData("")]
    [InlineData("ignore_startup_parameters = options")]
    public async Task Hosts_share_a_study_through_a_pooler_that_hands_transactions_to_any_session(string settings)
    {
        var database = PostgresServer.Shared.CreateDatabase().ConnectionString;
        using var pooler = new Pooler(database, settings);

        // As many hosts as have no session of their own.
        var told = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() =>
        {
            using var storage = StudyStorages.PostgreSql(pooler.ConnectionString);
            using var study = Open(storage);
            return study.Optimize(trial => trial.GetDouble("x"), maxEvals: 60);
        })));

        using var storage = StudyStorages.PostgreSql(database);
        Assert.Equal(6, told.Length);
        Assert.Equal(Enumerable.Range(0, 60), storage.ViewStudy("study").History.Trials.Select(trial => trial.Number).Order());
        Assert.All(storage.ViewStudy("study").History.Trials, trial => Assert.Equal(trial.Values["x"], trial.Loss));
    }

    [PostgresFact]
    public void The_lines_of_the_page_start_a_server_that_proves_who_it_is()
    {
        using var server = new DocumentedServer();
        var certificate = Path.Combine(server.Home, "studies", "server.crt");
        using (var storage = StudyStorages.Open($"{server.Url}?sslmode=verify-ca&sslrootcert={certificate}"))
        using (var study = Open(storage))
        {
            study.Optimize(trial => trial.GetDouble("x"), maxEvals: 3);
            Assert.Equal(3, study.Finished);
        }

        // The machine's own authorities do not know it.
        var error = Assert.Throws<StorageException>(() => StudyStorages.Open($"{server.Url}?sslmode=verify-ca"));
        Assert.Contains("cannot be used", error.Message, StringComparison.Ordinal);
    }

    private static StoredStudy Open(StudyStorage storage) =>
        StoredStudy.Open(storage, "study", Space, new StudyOptions { Sampler = Samplers.Random(seed: 1) });

    private static long Connections(string database) => PostgresQuery.Scalar<long>(
        database, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'LogMl'");

    private static void Wait(Func<bool> condition, string otherwise)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < Patience, otherwise);
            Thread.Sleep(50);
        }
    }

    private sealed class LinesLogger : ILogger
    {
        private readonly List<string> _lines = [];

        public string[] Lines
        {
            get
            {
                lock (_lines)
                {
                    return [.. _lines];
                }
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lines)
            {
                _lines.Add(formatter(state, exception));
            }
        }
    }
}
