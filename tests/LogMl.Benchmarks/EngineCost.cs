using System.Diagnostics;
using System.Globalization;
using LogMl.Optimization;
using LogMl.Optimization.Sampling;

namespace LogMl.Benchmarks;

/// <summary>What the sampler takes for one proposal, as the history grows.</summary>
internal static class EngineCost
{
    private const int Parameters = 20;
    private const int Measured = 50;

    public static void Run()
    {
        var table = new Table("sampler", "history", "median", "p99", "allocated");
        Add(table, Samplers.Tpe(seed: 1), 100, 1_000, 10_000, 100_000);
        Add(table, Samplers.GaussianProcess(seed: 1), 100, 300, 1_000);
        Add(table, Samplers.Auto(seed: 1), 100, 1_000, 10_000);
        table.Print();
    }

    private static void Add(Table table, Sampler sampler, params int[] histories)
    {
        Measure(Filled(sampler, 200), 5);    // the first proposals are compiled, not measured
        foreach (var history in histories)
        {
            var study = Filled(sampler, history);
            Measure(study, 5);      // the first ones after a study was rebuilt also read the history and grow the buffers
            var (times, allocated) = Measure(study, Measured);
            table.Add(
                sampler.AlgorithmId,
                history.ToString("#,0", CultureInfo.InvariantCulture),
                Table.Milliseconds(times.Median),
                Table.Milliseconds(times.Quantile(0.99)),
                Table.Kilobytes(allocated));
        }
    }

    private static (Sample Times, double AllocatedPerTrial) Measure(Study study, int count)
    {
        var times = new double[count];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var trial = study.Ask();
            study.Tell(trial, Loss(trial));
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return (new Sample(times), (double)(GC.GetAllocatedBytesForCurrentThread() - before) / count);
    }

    /// <summary>
    /// A study with trials that a random search proposed: asking the sampler for them would take much longer than the measurement.
    /// </summary>
    private static Study Filled(Sampler sampler, int trials)
    {
        var random = new Study(Space(), new StudyOptions { Sampler = Samplers.Random(seed: 1) });
        var study = new Study(Space(), new StudyOptions { Sampler = sampler });
        for (var i = 0; i < trials; i++)
        {
            var proposal = random.Ask();
            random.Tell(proposal, 0);
            var trial = study.Ask(proposal.Values);
            study.Tell(trial, Loss(trial));
        }

        return study;
    }

    private static SearchSpace Space()
    {
        var space = new SearchSpace();
        for (var i = 0; i < Parameters; i++)
        {
            space.Add(Name(i), (i % 4) switch
            {
                0 => Distribution.Uniform(-5, 10),
                1 => Distribution.LogUniform(-7, 0),
                2 => Distribution.UniformInt(1, 100),
                _ => Distribution.Choice("a", "b", "c", "d"),
            });
        }

        return space;
    }

    private static double Loss(Trial trial)
    {
        var loss = 0.0;
        foreach (var value in trial.Values.Values)
        {
            loss += (value - 1) * (value - 1);
        }

        return loss;
    }

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"p{i}");
}
