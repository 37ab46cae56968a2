using LogMl.Host.Tests.Kit;
using LogMl.Storage;
using LogMl.TestKit;

namespace LogMl.Host.Tests.Faults;

/// <summary>
/// The clocks of the hosts jump forward and back by a day while they search. This is tested only with SQLite, which has no other clock.
/// With PostgreSQL only the server's clock matters (Cluster/ClockDrills.cs).
/// </summary>
public sealed class ClockTests
{
    /// <summary>The jumps of the two clocks in turn, in days from the true time: each goes forward, back, and to the true time.</summary>
    private static readonly int[] Jumps = [1, -1, -1, 1, 0, 0];

    [ClockFact]
    public void A_clock_that_jumps_by_a_day_takes_nothing_for_dead_and_loses_nothing()
    {
        var wanted = FaultTable.Times(2);
        var maxEvals = 60 * wanted;
        using var search = new FaultySearch(StoreKind.Sqlite) { TrialTime = 100 };
        using var one = new FakeClock(search.Folder.Root, "one");
        using var two = new FakeClock(search.Folder.Root, "two");
        FakeClock[] clocks = [one, two];
        using var first = search.Start(maxEvals, one.Environment);
        using var second = search.Start(maxEvals, two.Environment);
        HostProcess[] hosts = [first, second];
        FaultySearch.WaitForTrials(hosts);
        var random = new Random(9);
        var times = 0;
        while (times < wanted && AreRunning())
        {
            search.Remember();
            var jump = TimeSpan.FromDays(Jumps[times % Jumps.Length]);
            var before = Seen(search, jump);
            clocks[times % 2].Set(jump);
            times++;

            // Wait until a trial has seen the jump, and then a little longer.
            HostProcess.WaitUntil(() => Seen(search, jump) > before || !AreRunning(), "a trial that has seen the clock jump");
            Thread.Sleep(random.Next(500));
        }

        FaultySearch.RequireEnd(hosts);
        var result = search.Prove(maxEvals);
        Assert.Equal(0, result.Repeated);
        Assert.Contains(search.Read(), trial => Offset(trial) != 0);
        FaultTable.Add("the clock of one of two hosts jumps by a day", StoreKind.Sqlite, times, result);

        bool AreRunning() => hosts.All(host => LinuxProcess.IsAlive(host.Id));
    }

    /// <summary>The number of trials that have started with a clock that is off by this much.</summary>
    private static int Seen(FaultySearch search, TimeSpan jump) => search.Read().Count(trial => Offset(trial) == (int)jump.TotalDays);

    private static int Offset(TrialRecord trial) => (int)Math.Round(((trial.Started ?? DateTime.UtcNow) - DateTime.UtcNow).TotalDays);
}
