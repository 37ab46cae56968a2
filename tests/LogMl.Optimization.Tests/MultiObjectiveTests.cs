using CsCheck;
using LogMl.Optimization.MultiObjective;
using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tests;

/// <summary>ParetoFronts, CrowdingDistance, Hypervolume, BestTrials, and NSGA-II.</summary>
public class MultiObjectiveTests
{
    private const int Seeds = 20;

    [Fact]
    public void Nothing_dominates_a_member_of_the_first_front_and_each_other_front_is_dominated_by_the_one_before() =>
        Gen.Int[0, 5].Array[3].Array[1, 40].Sample(points =>
        {
            var history = NewHistory(points, violations: null);
            int[] all = [.. Enumerable.Range(0, points.Length)];
            var fronts = ParetoFronts.Sort(history, all);
            Assert.Equal(all, fronts.SelectMany(front => front).Order());
            Assert.Equal(fronts[0], ParetoFronts.First(history, all));
            for (var f = 0; f < fronts.Count; f++)
            {
                Assert.All(fronts[f], i => Assert.DoesNotContain(fronts[f], j => ParetoFronts.Dominates(history, j, i)));
                Assert.All(fronts[f], i => Assert.True(f == 0 || fronts[f - 1].Any(j => ParetoFronts.Dominates(history, j, i))));
            }
        });

    [Fact]
    public void A_feasible_trial_dominates_every_infeasible_one_and_the_lower_violation_the_higher()
    {
        var history = NewHistory([[9, 9], [0, 0], [1, 1]], [0, 2, 1]);
        Assert.Equal([[0], [2], [1]], ParetoFronts.Sort(history, [0, 1, 2]));
    }

    [Fact]
    public void The_ends_of_a_front_are_infinitely_far_from_the_crowd()
    {
        var history = NewHistory([[0, 10], [1, 6], [2, 5], [10, 0]], violations: null);
        var distances = CrowdingDistance.Of(history, [0, 1, 2, 3]);
        Assert.Equal([double.PositiveInfinity, 0.2 + 0.5, 0.9 + 0.6, double.PositiveInfinity], distances.Select(d => Math.Round(d, 12)));
    }

    [Fact]
    public void Hypervolumes_of_boxes_are_known()
    {
        Assert.Equal(0, Hypervolume.Compute([], [1, 1]));
        Assert.Equal(0, Hypervolume.Compute([[1.0, 0]], [1, 1]));
        Assert.Equal(3, Hypervolume.Compute([[1.0]], [4.0]));
        Assert.Equal(3, Hypervolume.Compute([[0.0, 1], [1, 0], [1.5, 1.5]], [2, 2]));
        Assert.Equal(8 - 1, Hypervolume.Compute([[0.0, 0, 1], [0, 1, 0], [1, 0, 0]], [2, 2, 2]));
        Assert.Equal(16 - 1, Hypervolume.Compute([[0.0, 0, 0, 1], [0, 0, 1, 0], [0, 1, 0, 0], [1, 0, 0, 0]], [2, 2, 2, 2]));
        Error.Says<ArgumentException>("as many objectives", () => Hypervolume.Compute([[1.0]], [1, 2]));
    }

    [Fact]
    public void Hypervolume_is_the_number_of_dominated_cells_of_a_grid() =>
        Gen.Int[2, 4].SelectMany(m => Gen.Int[0, 5].Array[m].Array[0, 12]).Sample(points =>
        {
            var m = points.Length == 0 ? 2 : points[0].Length;
            var dominated = Enumerable.Range(0, (int)Math.Pow(5, m)).Count(cell =>
            {
                int[] corner = [.. Enumerable.Range(0, m).Select(k => cell / (int)Math.Pow(5, k) % 5)];
                return points.Any(point => point.Zip(corner).All(pair => pair.First <= pair.Second));
            });
            double[] reference = [.. Enumerable.Repeat(5.0, m)];
            Assert.Equal(dominated, Hypervolume.Compute(points.Select(point => point.Select(x => (double)x).ToArray()), reference), 1e-9);
        });

    [Fact]
    public void The_best_trials_are_the_feasible_front_in_each_objectives_own_direction()
    {
        var study = new Study(
            new SearchSpace { ["x"] = Distribution.Uniform(0, 1) },
            new StudyOptions { Sampler = Samplers.Random(1), Directions = [Direction.Minimize, Direction.Maximize] });
        Assert.Empty(study.BestTrials);
        foreach ((var low, var high, var constraint) in
            ((double, double, double)[])[(1, 1, 0), (2, 2, 0), (2, 1, 0), (0, 9, 1), (1, 1, -1)])
        {
            study.Tell(study.Ask(), new TrialResult(low, high) { Constraints = [constraint] });
        }

        study.TellFailed(study.Ask());
        Assert.Equal([0, 1, 4], study.BestTrials.Select(t => t.Number));
    }

    [Fact]
    public void The_best_trials_of_one_objective_are_the_best_trial()
    {
        var study = TestSpaces.NewStudy(TestSpaces.Conditional(), Samplers.Random(1));
        Assert.Empty(study.BestTrials);
        study.Optimize(TestSpaces.SumOfSquares, 10);
        Assert.Equal([study.BestTrial!], study.BestTrials);
    }

    // E. Zitzler, K. Deb, L. Thiele, "Comparison of multiobjective evolutionary algorithms", 2000, with 8 variables; and a mixed problem
    // whose branches each hold a part of the front.
    [Theory]
    [InlineData("zdt1", 0.70)]
    [InlineData("zdt2", 0.30)]
    [InlineData("mixed", 0.70)]
    public void NsgaII_finds_a_front_that_random_search_does_not(string problem, double floor)
    {
        var volumes = new List<double>();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var found = Volume(problem, Samplers.NsgaII(seed));
            var random = Volume(problem, Samplers.Random(seed));
            Assert.True(found > random, $"seed {seed}: {found}, random search {random}");
            volumes.Add(found);
        }

        Assert.True(volumes.Order().ElementAt(Seeds / 2) > floor, string.Join(' ', volumes.Order()));
    }

    [Fact]
    public void NsgaII_finds_its_way_into_the_feasible_region()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var study = new Study(
                Box(6), new StudyOptions { Sampler = Samplers.NsgaII(seed), Directions = [Direction.Minimize, Direction.Minimize] });
            for (var i = 0; i < 600; i++)
            {
                var trial = study.Ask();
                double[] x = [.. trial.Values.Values];

                // A random point is feasible once in 200,000 times.
                study.Tell(trial, new TrialResult(x[0], 1 - x[0]) { Constraints = [.. x.Skip(1).Select(v => v - 0.1), 0.5 - x[0]] });
            }

            Assert.NotEmpty(study.BestTrials);
        }
    }

    private static double Volume(string problem, Sampler sampler)
    {
        var space = problem == "mixed"
            ? new SearchSpace
            {
                ["n"] = Distribution.UniformInt(0, 50),
                ["lr"] = Distribution.LogUniform(-10, 0),
                ["kind"] = Distribution.Choice(
                    new Branch("small", new SearchSpace { ["s"] = Distribution.Uniform(0, 1) }),
                    new Branch("large", new SearchSpace { ["l"] = Distribution.Normal(0, 1) }),
                    "none"),
            }
            : Box(8);
        var study = new Study(
            space, new StudyOptions { Sampler = sampler, Directions = [Direction.Minimize, Direction.Minimize] });
        for (var i = 0; i < 1000; i++)
        {
            var trial = study.Ask();
            study.Tell(trial, new TrialResult(problem == "mixed" ? Mixed(trial) : Zdt([.. trial.Values.Values], problem == "zdt1")));
        }

        return Hypervolume.Compute(study.BestTrials.Select(t => t.Objectives), [1.1, 1.1]);
    }

    private static double[] Zdt(double[] x, bool isFirst)
    {
        var g = 1 + 9 * x.Skip(1).Average();
        return [x[0], g * (1 - (isFirst ? Math.Sqrt(x[0] / g) : x[0] / g * (x[0] / g)))];
    }

    private static double[] Mixed(Trial trial)
    {
        var tuned = Math.Abs(Math.Log(trial.GetDouble("lr")) + 4) / 6;
        var size = trial.GetInt64("n") / 50.0;
        return trial.Get<string>("kind") switch
        {
            "small" => [size / 2 + tuned, 1 - Math.Sqrt(size / 2) + Math.Abs(trial.GetDouble("s") - 0.3) + tuned],
            "large" => [0.5 + size / 2 + tuned, 1 - Math.Sqrt(0.5 + size / 2) + Math.Abs(trial.GetDouble("l") - 1) / 3 + tuned],
            _ => [size, 1],
        };
    }

    private static SearchSpace Box(int dimensions)
    {
        var space = new SearchSpace();
        for (var i = 0; i < dimensions; i++)
        {
            space[$"x{i}"] = Distribution.Uniform(0, 1);
        }

        return space;
    }

    private static History NewHistory(int[][] points, double[]? violations)
    {
        var history = new History([], points[0].Length);
        for (var i = 0; i < points.Length; i++)
        {
            history.Add(new ParameterValues(0));
            history.Complete(i, [.. points[i].Select(x => (double)x)], violations?[i] ?? 0);
        }

        return history;
    }
}
