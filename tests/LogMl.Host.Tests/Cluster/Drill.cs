using System.Globalization;
using LogMl.Host.Tests.Faults;

namespace LogMl.Host.Tests.Cluster;

/// <summary>
/// Searches with a fault again and again, one study after the other, until there were enough faults. A launcher starts a worker again
/// whose exit code is not 0, as a scheduler does.
/// </summary>
/// <param name="fault">What happens, for the table.</param>
/// <param name="wanted">How often.</param>
internal sealed class Drill(string fault, int wanted)
{
    private readonly List<StudyCounts> _counts = [];

    /// <summary>How often it has happened.</summary>
    public int Times { get; private set; }

    /// <summary>The workers that may end with an error in one study. A poison trial ends a few that nobody has killed.</summary>
    private int MostStarts => wanted + 50;

    /// <summary>All counts.</summary>
    public IReadOnlyList<StudyCounts> Counts => _counts;

    /// <summary>Runs it.</summary>
    /// <param name="begin">Makes a study.</param>
    /// <param name="nodes">The names of the nodes.</param>
    /// <param name="cause">
    /// Causes the fault, with all nodes that run; false when it could not, and is to be tried again. It waits as long as is fitting.
    /// </param>
    /// <param name="start">Starts a worker on a node; null for the usual way.</param>
    /// <param name="ended">Looks at a study that has ended, and is proven; null for nothing.</param>
    public Drill Run(
        Func<SharedStudy> begin, string[] nodes, Func<SharedStudy, Node[], bool> cause, Func<SharedStudy, string, Node>? start = null,
        Action<SharedStudy>? ended = null)
    {
        start ??= (study, name) => study.Start(name);
        while (Times < wanted)
        {
            using var study = begin();
            var workers = nodes.Select(name => start(study, name)).ToArray();
            var starts = 0;
            while (true)
            {
                for (var i = 0; i < workers.Length; i++)
                {
                    if (!workers[i].IsRunning && workers[i].WaitForExit() != 0)
                    {
                        Assert.True(++starts <= MostStarts && workers[i].ExitCode != 64, workers[i].Text);
                        workers[i] = start(study, nodes[i]);
                    }
                }

                var running = Array.FindAll(workers, worker => worker.IsRunning);
                if (running.Length == 0)
                {
                    if (workers.All(worker => worker.ExitCode == 0))
                    {
                        break;
                    }

                    continue;
                }

                if (Times < wanted)
                {
                    study.Remember();
                    Times += cause(study, running) ? 1 : 0;
                }
                else
                {
                    Thread.Sleep(50);
                }
            }

            _counts.Add(study.Prove());
            ended?.Invoke(study);
        }

        var waits = _counts.SelectMany(counts => counts.Waits).Order().ToArray();
        var seconds = waits.Length == 0
            ? "| |"
            : string.Create(CultureInfo.InvariantCulture, $"{waits[waits.Length / 2]:0.0} | {waits[^1]:0.0} |");
        FaultTable.AddOfNodes(string.Create(
            CultureInfo.InvariantCulture,
            $"| {fault} | {Times} | {Sum(c => c.Trials)} | {Sum(c => c.Seen)} | {Sum(c => c.Complete)} | {Sum(c => c.Repeated)} | {Sum(c => c.GivenUp)} | {seconds}"));
        return this;
    }

    /// <summary>A sum over all studies.</summary>
    public int Sum(Func<StudyCounts, int> count) => _counts.Sum(count);
}
