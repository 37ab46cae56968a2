using System.Globalization;

namespace LogMl.Benchmarks;

/// <summary>
/// From the end of the objective of one trial to the first line of the next one: the result goes to the host, is written down and told to
/// the sampler, which proposes the next trial, which goes to the worker.
/// </summary>
internal static class TrialOverhead
{
    private const int Trials = 2_000;

    public static void Run()
    {
        ScratchProject.LayOutSdk();
        var table = new Table("algorithm", "median", "p99", "slowest", "whole command");
        foreach (var algorithm in new[] { "random", "tpe" })
        {
            using var project = new ScratchProject(withGenerator: true, Trials, algorithm);
            project.DotNet("build", "-nologo");
            var command = project.DotNet("build", "-nologo", "--no-restore", "-t:HyperOpt", "-p:HyperOptWorkers=1");
            var gaps =
                new Sample(project.ReadOfTrial(Trials - 1, "gaps.txt").Select(line => double.Parse(line, CultureInfo.InvariantCulture)));
            table.Add(
                algorithm,
                Table.Milliseconds(gaps.Median),
                Table.Milliseconds(gaps.Quantile(0.99)),
                Table.Milliseconds(gaps.Quantile(1)),
                Table.Milliseconds(command));
        }

        table.Print();
    }
}
