using System.Globalization;
using LogMl.Host.Tests.Kit;
using LogMl.TestKit;
using LogMl.TestKit.Postgres;
using Npgsql;

namespace LogMl.Host.Tests.Faults;

/// <summary>The PostgreSQL server stops and restarts, closes connections, or never existed.</summary>
public sealed class ServerTests
{
    private const string Gone = "does not answer";
    private const string Back = "answers again";

    [PostgresFact]
    public void A_server_that_is_stopped_or_killed_and_started_again_costs_no_result()
    {
        var wanted = FaultTable.Times(3);
        var maxEvals = 40 * wanted;
        using var server = PostgresServer.Create();
        using var search = new FaultySearch(StoreKind.PostgreSql, server) { TrialTime = 100, Lease = null };
        using var first = search.Start(maxEvals);
        using var second = search.Start(maxEvals);
        HostProcess[] hosts = [first, second];
        FaultySearch.WaitForTrials(hosts);
        var random = new Random(5);
        var times = 0;
        while (times < wanted && hosts.All(host => LinuxProcess.IsAlive(host.Id)))
        {
            search.Remember();
            if (times++ % 2 == 0)
            {
                server.Stop(immediate: true);
            }
            else
            {
                server.Kill();
            }

            HostProcess.WaitUntil(() => hosts.All(host => Told(host, Gone) == times), "a host that notices");
            Thread.Sleep(random.Next(1000));
            server.Start();
            var before = hosts.Select(host => host.Events("progress").Length).ToArray();
            HostProcess.WaitUntil(() => hosts.Index().All(host => host.Item.Events("progress").Length > before[host.Index]
                || !LinuxProcess.IsAlive(host.Item.Id)), "a further trial");
            Assert.All(hosts, host => Assert.True(Told(host, Gone) <= times && Told(host, Gone) == Told(host, Back), $"After {times} times.\n{host.Text}"));
            Thread.Sleep(random.Next(300));
        }

        FaultySearch.RequireEnd(hosts);
        Assert.All(
            hosts, host => Assert.True(Told(host, Gone) == times && Told(host, Back) == times, $"After {times} times.\n{host.Text}"));
        FaultTable.Add(
            "the server is stopped (immediate) or killed (kill -9) and started again, two hosts",
            StoreKind.PostgreSql,
            times,
            search.Prove(maxEvals));
    }

    [PostgresFact]
    public void Connections_that_are_cut_at_any_moment_cost_no_result()
    {
        var wanted = FaultTable.Kills;
        var maxEvals = 20 * wanted;
        using var search = new FaultySearch(StoreKind.PostgreSql) { TrialTime = 50, Lease = null };
        using var first = search.Start(maxEvals);
        using var second = search.Start(maxEvals);
        HostProcess[] hosts = [first, second];
        FaultySearch.WaitForTrials(hosts);
        var random = new Random(6);
        var (times, cut) = (0, 0L);
        using (var connection = new NpgsqlConnection(search.ConnectionString + ";Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
            while (times < wanted && hosts.All(host => LinuxProcess.IsAlive(host.Id)))
            {
                search.Remember();
                cut += (long)command.ExecuteScalar()!;
                times++;
                Thread.Sleep(random.Next(150));
            }
        }

        FaultySearch.RequireEnd(hosts);
        Assert.InRange(cut, 2, long.MaxValue);

        // When the next connection works, there is no message.
        Assert.All(hosts, host => Assert.True(Told(host, Gone) == Told(host, Back), host.Text));
        FaultTable.Add("all connections are cut, two hosts", StoreKind.PostgreSql, times, search.Prove(maxEvals));
    }

    [PostgresFact]
    public void A_search_can_be_stopped_while_the_server_is_away_and_goes_on_when_it_is_back()
    {
        using var server = PostgresServer.Create();
        using var search = new FaultySearch(StoreKind.PostgreSql, server) { TrialTime = 200 };
        using (var host = search.Start(1_000_000))
        {
            HostProcess.WaitUntil(() => host.Events("progress").Length > 0, "a trial");
            search.Remember();
            server.Stop(immediate: true);
            HostProcess.WaitUntil(() => Told(host, Gone) > 0, "the message");
            host.Signal("INT");
            var (code, message) = search.RequireErrorWithoutStore(host);
            Assert.Equal("LOGML2017", code);
            Assert.Contains("PostgreSQL", message, StringComparison.Ordinal);
        }

        server.Start();

        // Wait until the lease of the host that was cut off has ended.
        Thread.Sleep(2000);
        FaultTable.Add("Ctrl-C while the server is away", StoreKind.PostgreSql, 1, search.Finish());
    }

    [PostgresTheory]
    [InlineData("Password", "wr0ng")]
    [InlineData("Host", "no-such-host.invalid")]
    [InlineData("Port", "1")]
    [InlineData("Database", "no_such_database")]
    [InlineData("Username", "nobody_here")]
    public void What_is_wrong_with_the_location_of_the_server_is_said_and_not_waited_for(string setting, string value)
    {
        var right = new NpgsqlConnectionStringBuilder(PostgresServer.Shared.ConnectionString);
        var secret = right.Password!;
        right[setting] = value;
        using var folder = new SearchFolder();
        using var host = folder.Run(1, "", environment: [$"{StorageSource.Variable}={right.ConnectionString}"]);
        Assert.Equal("LOGML2017", Assert.Single(host.Events("error"))[0]);
        Assert.DoesNotContain(secret, host.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng", host.Text, StringComparison.Ordinal);
        Assert.Equal("", host.Other);
        Assert.Empty(folder.Studies());
        FaultTable.AddRefusals(string.Create(CultureInfo.InvariantCulture, $"PostgreSQL: {setting.ToLowerInvariant()} is wrong"), ["LOGML2017"]);
    }

    private static int Told(HostProcess host, string what) =>
        host.Events("message").Count(fields => fields[^1].Contains(what, StringComparison.Ordinal));
}
