using System.Diagnostics;
using LogMl.Host.Tests.Kit;
using LogMl.TestKit;
using LogMl.TestKit.Postgres;

namespace LogMl.Host.Tests.Faults;

/// <summary>A host is frozen for longer than its lease, and then continues as if nothing had happened.</summary>
public sealed class FreezeTests
{
    private const int Lease = 1;

    /// <summary>The longest freeze.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [PostgresTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_host_brings_that_was_frozen_counts_once_or_not_at_all(bool withWorkers)
    {
        var wanted = FaultTable.Times(6);
        var maxEvals = 80 * wanted;
        using var search = new FaultySearch(StoreKind.PostgreSql, maxRetries: 10) { TrialTime = 60, Lease = Lease, MayBeLate = true };
        using var frozen = search.Start(maxEvals);
        using var other = search.Start(maxEvals);
        HostProcess[] hosts = [frozen, other];
        FaultySearch.WaitForTrials(hosts);

        // The freeze must not come right after the other host has started, which must have been connected to the server for a lease before
        // it judges others.
        Thread.Sleep(TimeSpan.FromSeconds(Lease));
        var random = new Random(10);
        var times = 0;
        while (times < wanted && hosts.All(host => LinuxProcess.IsAlive(host.Id)))
        {
            search.Remember();
            int[] processes = [frozen.Id, .. withWorkers ? LinuxProcess.ChildrenOf(frozen.Id) : []];
            var repeated = Repeated(search);
            Array.ForEach(processes, process => ProcessList.Signal(process, "STOP"));

            // The freeze lasts until the other host has noticed it. When no trial was running, there is nothing to notice.
            var frozenSince = Stopwatch.GetTimestamp();
            while (Repeated(search) == repeated && Stopwatch.GetElapsedTime(frozenSince) < Patience && LinuxProcess.IsAlive(other.Id))
            {
                Thread.Sleep(200);
            }

            Thread.Sleep(random.Next(200));
            Array.ForEach(processes, process => ProcessList.Signal(process, "CONT"));
            times++;
            Thread.Sleep(random.Next(200, 800));
        }

        FaultySearch.RequireEnd(hosts);
        var result = search.Prove(maxEvals);
        Assert.InRange(result.Repeated, 1, int.MaxValue);
        FaultTable.Add(
            $"one of two hosts {(withWorkers ? "and its workers are" : "is")} frozen (SIGSTOP) for longer than the lease",
            StoreKind.PostgreSql,
            times,
            result);
    }

    private static int Repeated(FaultySearch search) => search.Read().Count(trial => trial.RetryHistory.Count > 0);
}
