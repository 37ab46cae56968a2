using LogMl.Host.Tests.Faults;
using LogMl.TestKit;
using LogMl.TestKit.Postgres;

namespace LogMl.Host.Tests.Cluster;

/// <summary>The disk with the logs of one of two nodes becomes full.</summary>
public sealed class FullDiskDrills
{
    [SmallDiskTheory]
    [InlineData("print", "the disk of a node becomes full with logs")]
    [InlineData("write_file=out", "the disk of a node becomes full while steps write to it")]
    public void A_node_with_a_full_disk_ends_with_an_error_and_the_others_go_on(string action, string fault)
    {
        using var place = new TempDirectory("disk");
        var random = new Random(action.Length);
        var wanted = FaultTable.TimesOr(6, 1);
        SmallDisk? disk = null;
        var ends = 0;
        try
        {
            var drill = new Drill(fault + ", two nodes", wanted).Run(
                () =>
                {
                    disk?.Dispose();
                    disk = new SmallDisk(Path.Combine(place.Path, $"results-{random.Next()}"), 256);
                    return new SharedStudy { MaxEvals = FaultTable.IsLong ? 300 : 120, Actions = action, MayRunAgain = true };
                },
                ["ample", "full"],
                (study, running) =>
                {
                    if (Array.Find(running, node => node.Name == "full") is { } full)
                    {
                        while (full.IsRunning)
                        {
                            Thread.Sleep(50);
                        }

                        study.NoteFault();
                        if (full.WaitForExit() != 0)
                        {
                            ends++;
                            Assert.Equal(1, full.ExitCode);
                            Assert.Single(full.Text.Split('\n'), line => line.Contains("error LOGML2006", StringComparison.Ordinal));
                            disk!.Resize(disk.Used + random.Next(64, 512));
                            return true;
                        }
                    }

                    Thread.Sleep(50);
                    return false;
                },
                (study, name) => study.Start(name, results: name == "full" ? disk!.Path : null));
            Assert.True(ends > 0);
            Assert.Equal(0, drill.Sum(counts => counts.GivenUp));
        }
        finally
        {
            disk?.Dispose();
        }
    }
}
