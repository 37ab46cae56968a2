using System.Globalization;
using LogMl.Host.Tests.Kit;

namespace LogMl.Host.Tests.Faults;

/// <summary>
/// The clocks of the hosts are put forward and back by a day while they search. Only with SQLite, which has no other clock: in PostgreSQL that of the server alone matters, and Npgsql cannot connect
/// under libfaketime.
/// </summary>
public sealed class ClockTests
{
    /// <summary>By turns for the one and the other clock, in days from the true time: each goes forward, back, and to the truth.</summary>
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
        while (times < wanted && hosts.All(host => ProcessList.IsRunning(host.Id)))
        {
            search.Remember();
            clocks[times % 2].Set(TimeSpan.FromDays(Jumps[times % Jumps.Length]));
            times++;
            Thread.Sleep(random.Next(1000, 1500));
        }

        FaultySearch.RequireEnd(hosts);
        var result = search.Prove(maxEvals);
        Assert.Equal(0, result.Repeated);
        Assert.Contains(search.Folder.Rows(), row => IsOff(row["started"]));
        FaultTable.Add("the clock of one of two hosts jumps by a day", StoreKind.Sqlite, times, result);
    }

    /// <summary>The trial has seen the false time.</summary>
    private static bool IsOff(string time) => (DateTimeOffset.Parse(time, CultureInfo.InvariantCulture) - DateTimeOffset.UtcNow).Duration() > TimeSpan.FromHours(12);
}
