using LogMl.Host.Tests.Faults;
using LogMl.TestKit.Postgres;

namespace LogMl.Host.Tests.Cluster;

/// <summary>kill -9 of each process of a node while three nodes search.</summary>
public sealed class KillDrills
{
    [PostgresTheory]
    [InlineData(NodePart.Worker, "kill -9 of `logml worker`")]
    [InlineData(NodePart.Host, "kill -9 of the host of a worker")]
    [InlineData(NodePart.Trial, "kill -9 of a process that runs trials")]
    public void Of_three_nodes_whose_processes_are_killed_the_study_loses_nothing(NodePart part, string fault)
    {
        var random = new Random((int)part);
        var drill = new Drill(fault + ", three nodes", FaultTable.KillsOr(4)).Run(
            () => new SharedStudy { MaxEvals = FaultTable.IsLong ? 400 : 80, MayRunAgain = part == NodePart.Worker },
            ["a", "b", "c"],
            (study, running) =>
            {
                Thread.Sleep(random.Next(100, part == NodePart.Trial ? 500 : 1300));
                study.NoteFault();
                return running[random.Next(running.Length)].TryKill(part, random);
            });

        // No trial is given up before it was cut off a hundred times.
        Assert.Equal(0, drill.Sum(counts => counts.GivenUp));
    }
}
