using LogMl.Host.Tests.Faults;
using LogMl.Host.Tests.Kit;
using LogMl.TestKit.Postgres;

namespace LogMl.Host.Tests.Cluster;

/// <summary>A deterministic study has the same evaluations, whatever dies meanwhile.</summary>
public sealed class SameResultsTests
{
    private static readonly Dictionary<string, string> Deterministic = new() { ["deterministic"] = "true", ["algorithm"] = "tpe" };

    [PostgresFact]
    public void A_deterministic_study_under_kills_of_everything_has_the_evaluations_of_one_without()
    {
        var evals = FaultTable.IsLong ? 150 : 60;
        using var server = PostgresServer.Create();
        using var undisturbed = Begin();
        var node = undisturbed.Start("only");
        Assert.True(node.WaitForExit() == 0, node.Text);
        undisturbed.Prove();
        var expected = undisturbed.Evaluations();
        var random = new Random(8);
        var kills = 0;
        const string Fault = "kills of workers, hosts, trials and sessions of the server by turns, deterministic search, two nodes";
        new Drill(Fault, FaultTable.KillsOr(4)).Run(
            Begin,
            ["a", "b"],
            (study, running) =>
            {
                Thread.Sleep(random.Next(100, 900));
                study.NoteFault();
                if (kills++ % 4 < 3)
                {
                    return running[random.Next(running.Length)].TryKill((NodePart)(kills % 4 % 3), random);
                }

                if (server.Sessions is not [var session, ..])
                {
                    return false;
                }

                ProcessList.Signal(session, "KILL");
                return true;
            },
            ended: study => Assert.Equal(expected, study.Evaluations()));

        SharedStudy Begin() => new(server) { MaxEvals = evals, Overrides = Deterministic, MayRunAgain = true, TrialTime = 20 };
    }
}
