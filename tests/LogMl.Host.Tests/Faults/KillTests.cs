using System.Diagnostics;
using LogMl.Host.Tests.Kit;
using LogMl.TestKit;
using LogMl.TestKit.Postgres;

namespace LogMl.Host.Tests.Faults;

/// <summary>kill -9 at random moments.</summary>
public sealed class KillTests
{
    /// <summary>Never reached.</summary>
    private const int Endless = 1_000_000;

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [PostgresInlineData(StoreKind.PostgreSql)]
    public void A_host_that_is_killed_at_any_moment_loses_nothing(StoreKind kind)
    {
        using var search = new FaultySearch(kind);
        var random = new Random(1);
        for (var kill = 0; kill < FaultTable.Kills; kill++)
        {
            using var host = search.Start(Endless);

            // Half of the kills come while the host and its workers start, the others during trials.
            if (kill % 2 == 0)
            {
                Thread.Sleep(random.Next(800));
            }
            else
            {
                HostProcess.WaitUntil(() => host.Events("progress").Length > 0, "a trial");
                Thread.Sleep(random.Next(200));
            }

            search.Remember();
            host.Signal("KILL");
            host.WaitForExit();
        }

        FaultTable.Add("kill -9 of the host", kind, FaultTable.Kills, search.Finish());
    }

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [PostgresInlineData(StoreKind.PostgreSql)]
    public void A_worker_that_is_killed_at_any_moment_loses_nothing(StoreKind kind)
    {
        // There are enough retries that no trial is given up, so each has a result in the end.
        using var search = new FaultySearch(kind, maxRetries: 100);
        var random = new Random(2);
        using (var host = search.Start(Endless))
        {
            HostProcess.WaitUntil(() => host.Events("progress").Length > 0, "a trial");
            for (var kill = 0; kill < FaultTable.Kills;)
            {
                Thread.Sleep(random.Next(200));
                Assert.True(LinuxProcess.IsAlive(host.Id), host.Text);
                var workers = LinuxProcess.ChildrenOf(host.Id);
                if (workers.Length > 0)
                {
                    ProcessList.Signal(workers[random.Next(workers.Length)], "KILL");
                    kill++;
                }
            }

            // The host is killed and not stopped: a trial that had just ended would be released, and run twice under its number.
            search.Remember();
            Assert.Empty(host.Events("error"));
            host.Signal("KILL");
            host.WaitForExit();
        }

        var result = search.Finish();
        Assert.Equal(0, result.GivenUp);
        FaultTable.Add("kill -9 of a worker", kind, FaultTable.Kills, result);
    }

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [PostgresInlineData(StoreKind.PostgreSql)]
    public void Of_three_hosts_that_are_killed_in_turn_the_others_go_on(StoreKind kind)
    {
        using var search = new FaultySearch(kind);
        var random = new Random(3);
        var hosts = Enumerable.Range(0, 3).Select(_ => search.Start(Endless)).ToArray();
        try
        {
            for (var kill = 0; kill < FaultTable.Kills; kill++)
            {
                Thread.Sleep(random.Next(500));
                var victim = random.Next(hosts.Length);
                search.Remember();
                hosts[victim].Signal("KILL");
                hosts[victim].WaitForExit();
                hosts[victim].Dispose();
                hosts[victim] = search.Start(Endless);
            }

            search.Remember();
            Assert.All(hosts, host => Assert.Empty(host.Events("error")));
            foreach (var host in hosts)
            {
                host.Signal("KILL");
                host.WaitForExit();
            }
        }
        finally
        {
            Array.ForEach(hosts, host => host.Dispose());
        }

        FaultTable.Add("kill -9 of one of three hosts", kind, FaultTable.Kills, search.Finish());
    }
}
