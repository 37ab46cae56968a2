using LogMl.Host.Tests.Faults;
using LogMl.Host.Tests.Kit;

namespace LogMl.Host.Tests.Cluster;

/// <summary>The clock of one of two nodes is an hour ahead of that of the server, or behind it.</summary>
public sealed class ClockDrills
{
    public static TheoryData<int> Hours => FaultTable.IsLong ? [1, -1] : [1];

    [SkewedClockTheory]
    [MemberData(nameof(Hours))]
    public void A_clock_that_is_an_hour_off_makes_no_host_dead_and_keeps_none_alive(int hours)
    {
        var random = new Random(hours);
        var fault = $"kill -9 of a host by turns, while the clock of one node is an hour {(hours > 0 ? "ahead" : "behind")}";
        var drill = new Drill(fault + ", two nodes", FaultTable.TimesOr(4, 2)).Run(
            () => new SharedStudy { MaxEvals = FaultTable.IsLong ? 150 : 60 },
            ["right", "wrong"],
            (study, running) =>
            {
                // The one that is killed is judged by the other.
                Thread.Sleep(random.Next(500, 1500));
                study.NoteFault();
                return running[random.Next(running.Length)].TryKill(NodePart.Host, random);
            },
            (study, name) => study.Start(
                name, environment: name == "wrong" ? SkewedClock.Environment(TimeSpan.FromHours(hours)) : null));
        Assert.Equal(0, drill.Sum(counts => counts.GivenUp));
    }
}
