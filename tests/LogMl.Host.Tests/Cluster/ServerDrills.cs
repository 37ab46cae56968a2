using LogMl.Host.Tests.Faults;
using LogMl.Host.Tests.Kit;
using LogMl.TestKit;
using LogMl.TestKit.Postgres;

namespace LogMl.Host.Tests.Cluster;

/// <summary>The server crashes, or is stopped and started, while two nodes search.</summary>
public sealed class ServerDrills
{
    private const int Lease = 4;

    [PostgresFact]
    public void A_killed_session_makes_the_server_recover_and_costs_no_result() => Run(
        "kill -9 of a session of the server, which recovers by itself", FaultTable.KillsOr(4), (server, random) =>
        {
            if (server.Sessions is not { Count: > 0 } sessions)
            {
                return false;
            }

            ProcessList.Signal(sessions[random.Next(sessions.Count)], "KILL");
            return true;
        });

    [PostgresFact]
    public void A_server_that_is_stopped_at_once_or_killed_and_started_again_costs_no_result()
    {
        var times = 0;
        Run("the server is stopped (immediate) or killed (kill -9), and started again", FaultTable.KillsOr(2), (server, random) =>
        {
            if (times++ % 2 == 0)
            {
                server.Stop(immediate: true);
            }
            else
            {
                server.Kill();
            }

            Thread.Sleep(random.Next(300));
            server.Start();
            return true;
        });
    }

    [PostgresFact]
    public void A_server_that_stands_still_for_longer_than_the_lease_makes_no_host_dead() => Run(
        "the server stands still (SIGSTOP) for longer than the lease", FaultTable.TimesOr(10, 1), (server, random) =>
        {
            int[] processes = [server.ProcessId!.Value, .. LinuxProcess.ChildrenOf(server.ProcessId!.Value)];
            Array.ForEach(processes, process => ProcessList.Signal(process, "STOP"));
            Thread.Sleep((1000 * Lease) + random.Next(1000 * Lease));
            Array.ForEach(processes, process => ProcessList.Signal(process, "CONT"));
            return true;
        },
        Lease);

    private static void Run(string fault, int wanted, Func<PostgresServer, Random, bool> crash, int? lease = null)
    {
        using var server = PostgresServer.Create();
        var random = new Random(fault.Length);
        var drill = new Drill(fault + ", two nodes", wanted).Run(
            () => new SharedStudy(server) { MaxEvals = FaultTable.IsLong ? 300 : 80, Lease = lease },
            ["a", "b"],
            (study, running) =>
            {
                Thread.Sleep(random.Next(300));
                if (study.Read().Count == 0)
                {
                    return false;
                }

                var done = crash(server, random);
                study.NoteFault();
                study.WaitForTrial(running[0]);
                return done;
            });

        // What was computed while the server was away is stored when it is back.
        Assert.Equal(0, drill.Sum(counts => counts.Repeated));
    }
}
