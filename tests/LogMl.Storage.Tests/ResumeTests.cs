using CsCheck;
using LogMl.Optimization;
using LogMl.Optimization.Pruning;
using LogMl.Optimization.Sampling;
using LogMl.Optimization.Tests;
using LogMl.Storage.Tests.Kit;

namespace LogMl.Storage.Tests;

/// <summary>A search that was interrupted, at whatever points, has the same evaluations as one that never was.</summary>
public sealed class ResumeTests
{
    private static readonly SearchSpace Numbers =
        new() { ["x"] = Distribution.Uniform(-5, 5), ["y"] = Distribution.LogUniform(-3, 3), ["z"] = Distribution.QUniform(-1, 1, 0.1) };

    public static TheoryData<string> Searches => AllSamplers.Names;

    [Theory]
    [MemberData(nameof(Searches))]
    public void An_interrupted_search_has_the_evaluations_of_one_that_never_was(string sampler)
    {
        var isSlow = sampler is "gp" or "auto";
        var all = 0;
        Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 1000], Gen.Int[1, 3], Gen.Bool, Gen.Bool).Sample(
            (seed, cuts, width, isConditional, hasFirstPoints) =>
            {
                // The generation of a trial of cmaes or nsga2 depends on when it was started. The storage does not keep that for a released
                // trial.
                var space = sampler == "grid" ? new SearchSpace { ["x"] = Distribution.UniformInt(0, 3), ["c"] = Distribution.Choice("a", "b") } : isConditional ? Samples.Conditional() : Numbers;
                IReadOnlyDictionary<string, double>[] first = !hasFirstPoints ? [] : space.Any(parameter => parameter.Key == "y")
                    ? [new Dictionary<string, double> { ["x"] = 1, ["y"] = 1 }, new Dictionary<string, double> { ["x"] = 2 }]
                    : space.Any(parameter => parameter.Key == "seed") ? [
                        new Dictionary<string, double> { ["model.kind"] = 1, ["trees.rate"] = 0.5 }
                    ] : [];
                all += AssertSame(
                    () => new StudyOptions { Sampler = AllSamplers.Create(sampler, seed) },
                    space,
                    first,
                    sampler is "cmaes" or "nsga2" ? 1 : width,
                    isSlow ? 11 : 26,
                    cuts);
            },
            iter: isSlow ? 4 : 10,
            threads: 1);
        Assert.True(all > 0);
    }

    [Fact]
    public void An_evaluation_that_was_given_back_keeps_its_place_when_another_ends_before_it_is_started_again()
    {
        using var place = new StoragePlace(StorageKind.Sqlite);
        using var storage = place.Open();
        using (var study = storage.OpenStudy())
        {
            var (first, second) = (study.Ask(2)!, study.Ask(2)!);
            study.Release(first);
            Assert.True(study.Tell(second, 2));
            Assert.True(study.Tell(study.Ask(2)!, 1));
        }

        using var again = storage.OpenStudy();
        Assert.Equal([1.0, 2.0], again.History.Trials.Select(trial => trial.Loss!.Value));
        Assert.Equal([0, 1], again.History.Trials.Select(again.EvaluationOf));
    }

    [Theory]
    [InlineData("median")]
    [InlineData("sha")]
    [InlineData("hyperband")]
    [InlineData("patient")]
    [InlineData("wilcoxon")]
    public void Pruning_too_is_the_same(string pruner)
    {
        var all = 0;
        Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 1000]).Sample(
            (seed, cuts) => all += AssertSame(
                () => new StudyOptions { Sampler = Samplers.Tpe(seed), Pruner = PrunerOf(pruner) },
                Numbers,
                first: [],
                width: 1,
                maxEvals: 22,
                cuts),
            iter: 10,
            threads: 1);
        Assert.True(all > 0);
    }

    [Theory]
    [InlineData(DuplicateHandling.Skip)]
    [InlineData(DuplicateHandling.Reuse)]
    public void Duplicates_too_are_the_same(DuplicateHandling duplicates)
    {
        var all = 0;
        Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 1000]).Sample(
            (seed, cuts) => all += AssertSame(
                () => new StudyOptions { Sampler = Samplers.Random(seed), Duplicates = duplicates },
                new SearchSpace { ["a"] = Distribution.RandInt(4), ["b"] = Distribution.Choice("p", "q") },
                first: [],
                width: 1,
                maxEvals: duplicates == DuplicateHandling.Skip ? 30 : 20,
                cuts),
            iter: 10,
            threads: 1);
        Assert.True(all > 0);
    }

    [Theory]
    [InlineData("tpe", "none")]
    [InlineData("cmaes", "median")]
    [InlineData("random", "hyperband")]
    public void A_deterministic_search_is_the_same_in_whatever_order_its_trials_end_and_however_often_it_is_cut_off(
        string sampler, string pruner)
    {
        const int Delay = 3;
        var cutOff = 0;
        Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 1000], Gen.Int[1, Delay]).Sample(
            (seed, course, width) =>
            {
                Func<int, StudyOptions> options = delay => new StudyOptions
                {
                    Sampler = AllSamplers.Create(sampler, seed),
                    Pruner = pruner == "none" ? Pruners.None : PrunerOf(pruner),
                    DeterministicWorkers = delay,
                };
                using var one = new StoragePlace(StorageKind.Memory);
                using var other = new StoragePlace(StorageKind.Sqlite);
                var expected = new Search(one, () => options(Delay), Numbers, width: Delay, maxEvals: 22, course).Run(cuts: null);

                // The number of workers is the study's, so the one of a call that goes on does not matter.
                var opened = 0;
                var search = new Search(other, () => options(Delay + opened++), Numbers, width, maxEvals: 22, course + 1);
                Assert.Equal(expected, search.Run(new Random(course)));
                cutOff += search.Cuts;
            },
            iter: 10,
            threads: 1);
        Assert.True(cutOff > 0);
    }

    [Fact]
    public void Several_processes_share_a_deterministic_study_and_its_workers()
    {
        var options = new StudyOptions { Sampler = Samplers.Tpe(3), DeterministicWorkers = 3 };
        using var alone = new StoragePlace(StorageKind.Memory);
        var expected = new Search(alone, () => options, Numbers, width: 3, maxEvals: 25, course: 1).Run(cuts: null);
        for (var course = 0; course < 4; course++)
        {
            using var place = new StoragePlace(StorageKind.Sqlite);
            using var storage = place.Open();
            using var second = place.Open();
            using var one = storage.OpenStudy(options, space: Numbers);
            using var two = second.OpenStudy(options with { DeterministicWorkers = 9 }, space: Numbers);
            Assert.Equal(3, two.DeterministicWorkers);
            var random = new Random(course);
            var running = new List<(StoredStudy Study, StoredTrial Trial)>();
            do
            {
                var study = random.Next(2) == 0 ? one : two;
                if (study.TryAsk(25, out var end) is { } trial)
                {
                    running.Add((study, trial));
                    Assert.InRange(running.Count, 1, 3);
                    continue;
                }

                if (end == AskEnd.MaxEvals && running.Count == 0)
                {
                    break;
                }

                var next = running[random.Next(running.Count)];
                running.Remove(next);
                Search.End(next.Study, next.Trial);
            }
            while (true);

            Assert.Equal(expected, Search.Evaluations(storage));
        }
    }

    private static int AssertSame(
        Func<StudyOptions> options, SearchSpace space, IReadOnlyDictionary<string, double>[] first, int width, int maxEvals, int cuts)
    {
        using var whole = new StoragePlace(StorageKind.Memory);
        using var pieces = new StoragePlace(StorageKind.Sqlite);
        var expected = new Search(whole, options, space, width, maxEvals, cuts) { FirstPoints = first }.Run(cuts: null);
        var interrupted = new Search(pieces, options, space, width, maxEvals, cuts) { FirstPoints = first };
        Assert.Equal(expected, interrupted.Run(new Random(cuts)));
        return interrupted.Cuts;
    }

    private static Pruner PrunerOf(string name) => name switch
    {
        "median" => Pruners.Median(new PercentileOptions { StartupTrials = 3 }),
        "sha" => Pruners.SuccessiveHalving(),
        "hyperband" => Pruners.Hyperband(),
        "patient" => Pruners.Patient(1),
        _ => Pruners.Wilcoxon(),
    };
}
