using LogMl.Host.Tests.Kit;
using LogMl.Storage.Tests.Kit;
using LogMl.TestKit.Postgres;
using Npgsql;

namespace LogMl.Host.Tests;

/// <summary>Hosts that begin one study at the same moment.</summary>
public sealed class BegunTogetherTests
{
    [PostgresFact]
    public void The_seed_of_the_host_that_is_first_in_the_database_is_that_of_all()
    {
        using var one = new SearchFolder { Study = "begun" };
        using var other = new SearchFolder { Study = "begun" };
        var database = PostgresServer.Shared.CreateDatabase().ConnectionString;
        string[] environment = ["LOGML_STORAGE=" + database];

        // The tables are there, and no study.
        using (var tables = new SearchFolder { Study = "tables" })
        using (var first = tables.Run(0, "", ["--max-evals", "1"], environment))
        {
        }

        using var connection = PostgresQuery.Open(database);
        HostProcess[] hosts;
        using (var transaction = connection.BeginTransaction())
        {
            // Both find no study, draw a seed, and then wait here.
            using (var command = new NpgsqlCommand("LOCK TABLE studies IN SHARE MODE", connection))
            {
                command.ExecuteNonQuery();
            }

            hosts = [.. new[] { one, other }.Select(folder => folder.Start("", ["--max-evals", "6"], environment))];
            while (Scalar<long>("SELECT count(*) FROM pg_locks WHERE relation = 'studies'::regclass AND NOT granted") < hosts.Length)
            {
                Assert.All(hosts, host => Assert.Empty(host.Events("error")));
                Thread.Sleep(20);
            }

            transaction.Commit();
        }

        Assert.All(hosts, host => Assert.True(host.WaitForExit() == 0, host.Text));
        var seeds = hosts.Select(host => Assert.Single(host.Events("started"))[3]).ToArray();
        Assert.Equal([Scalar<string>("SELECT value_json FROM study_user_attributes WHERE key = 'logml:seed' AND study_id = "
            + "(SELECT study_id FROM studies WHERE study_name = 'begun')")], seeds.Distinct());
        Assert.All(hosts, host => Assert.Empty(host.Events("warning")));
        Assert.Equal(6L, Scalar<long>("SELECT count(*) FROM trials t JOIN studies s USING (study_id) WHERE study_name = 'begun'"));
        Array.ForEach(hosts, host => host.Dispose());

        T Scalar<T>(string sql) => PostgresQuery.Scalar<T>(database, sql);
    }
}
