using LogMl.Host.Tests.Faults;
using LogMl.TestKit;
using LogMl.TestKit.Postgres;

namespace LogMl.Host.Tests.Cluster;

/// <summary>The network between one of two nodes and the server is cut: packets are lost, and nobody is told.</summary>
public sealed class NetworkDrills
{
    private const int Lease = 6;

    [NetworkFact]
    public void A_cut_of_up_to_a_third_of_the_lease_costs_no_trial() =>
        Assert.Equal(0, Run("the network of a node is cut for up to a third of the lease", FaultTable.TimesOr(5, 1), 500, 1000 * Lease / 3)
            .Sum(counts => counts.Repeated));

    [NetworkFact]
    public void What_a_node_brings_that_was_cut_off_for_longer_than_its_lease_counts_once_or_not_at_all() =>
        Assert.InRange(Run("the network of a node is cut for longer than the lease", FaultTable.TimesOr(10, 1), 1300 * Lease, 2000 * Lease)
            .Sum(counts => counts.Repeated), 1, int.MaxValue);

    private static Drill Run(string fault, int wanted, int shortest, int longest)
    {
        using var network = new NodeNetwork();
        using var server = PostgresServer.CreateFor(network);
        var random = new Random(longest);
        return new Drill(fault + ", two nodes", wanted).Run(
            () => new SharedStudy(server) { MaxEvals = FaultTable.IsLong ? 1000 : 300, Lease = Lease, TrialTime = 100, MayBeLate = true },
            ["near", "far"],
            (study, running) =>
            {
                if (Array.Find(running, node => node.Name == "far") is not { } far)
                {
                    Thread.Sleep(50);
                    return false;
                }

                // In the middle of its trials, and after the other one has been there for a lease.
                study.WaitForTrial(far);
                if (study.Ended("near") == 0 || !far.IsRunning)
                {
                    return false;
                }

                Thread.Sleep(random.Next(1000 * Lease / 4));
                network.Cut();
                Thread.Sleep(random.Next(shortest, longest));
                network.Mend();
                study.NoteFault("far");
                study.WaitForTrial(far);
                return true;
            },
            (study, name) => name == "far" ? study.Start(name, network.Launcher, network.Gateway) : study.Start(name));
    }
}
