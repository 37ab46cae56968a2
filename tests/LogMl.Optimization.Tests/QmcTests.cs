using LogMl.Optimization.Numerics;
using LogMl.Optimization.Qmc;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tests;

public class QmcTests
{
    [Fact]
    public void Without_scrambling_the_first_points_are_the_published_ones()
    {
        // Sobol's sequence in dimensions 1 to 3, in the order of the numbers (not of Gray's code).
        double[][] expected = [[0, 0.5, 0.25, 0.75, 0.125], [0, 0.5, 0.75, 0.25, 0.625], [0, 0.5, 0.75, 0.25, 0.375]];
        for (var dimension = 0; dimension < 3; dimension++)
        {
            var v = SobolDirections.Of(dimension);
            Assert.Equal(expected[dimension], Enumerable.Range(0, 5).Select(i =>
                Enumerable.Range(0, 3).Where(bit => (i >> bit & 1) != 0).Aggregate(0u, (x, bit) => x ^ v[bit]) / 4294967296.0));
        }
    }

    [Fact]
    public void Every_block_of_a_power_of_two_has_one_point_in_each_interval_of_each_dimension()
    {
        const int Count = 256;
        for (long seed = 0; seed < 20; seed++)
        {
            var sequence = new ScrambledSobol(seed, SobolDirections.Dimensions);
            for (var d = 0; d < SobolDirections.Dimensions; d++)
            {
                for (uint block = 0; block < 2; block++)
                {
                    var cells = new HashSet<int>();
                    for (uint i = 0; i < Count; i++)
                    {
                        cells.Add((int)(Count * sequence.Coordinate(block * Count + i, d)));
                    }

                    Assert.Equal(Count, cells.Count);
                }
            }
        }
    }

    [Fact]
    public void The_first_two_dimensions_are_a_net_of_perfect_quality()
    {
        // A (0, m, 2)-net: each of the 2^m boxes of any shape 2^-a x 2^-(m-a) holds one point.
        const int M = 8;
        for (long seed = 0; seed < 20; seed++)
        {
            var sequence = new ScrambledSobol(seed, 2);
            for (var a = 0; a <= M; a++)
            {
                var boxes = new HashSet<(int, int)>();
                for (uint i = 0; i < 1 << M; i++)
                {
                    boxes.Add(((int)(sequence.Coordinate(i, 0) * (1 << a)), (int)(sequence.Coordinate(i, 1) * (1 << (M - a)))));
                }

                Assert.Equal(1 << M, boxes.Count);
            }
        }
    }

    [Fact]
    public void Integrals_converge_far_better_than_with_random_points()
    {
        double qmc = 0;
        double random = 0;
        for (long seed = 0; seed < 20; seed++)
        {
            qmc += SquaredError(Samplers.Qmc(seed));
            random += SquaredError(Samplers.Random(seed));
        }

        Assert.True(qmc < random / 100, $"squared errors: {qmc} of quasi-random points, {random} of random ones");
    }

    [Fact]
    public void Options_of_a_choice_get_their_shares_and_branches_are_filled_evenly()
    {
        for (long seed = 0; seed < 20; seed++)
        {
            var study = TestSpaces.NewStudy(
                new SearchSpace
                {
                    ["p"] = Distribution.PChoice(
                        (0.25, 0), (0.75, new Branch("b", new SearchSpace { ["x"] = Distribution.Uniform(0, 1) }))),
                },
                Samplers.Qmc(seed));
            double[] x = [.. Enumerable.Range(0, 256).Select(_ => study.Ask()).Where(t => t.IsActive("x")).Select(t => t.GetDouble("x"))];
            Assert.Equal(192, x.Length);
            for (var i = 0; i < 4; i++)
            {
                Assert.Equal(48, x.Count(value => value >= i / 4.0 && value < (i + 1) / 4.0));
            }
        }
    }

    [Fact]
    public void Spaces_with_more_parameters_than_dimensions_are_filled_up_with_random_numbers()
    {
        var space = new SearchSpace();
        for (var i = 0; i < 140; i++)
        {
            space[$"x{i}"] = Distribution.Uniform(0, 1);
        }

        var study = TestSpaces.NewStudy(space, Samplers.Qmc(1));
        Trial[] trials = [.. Enumerable.Range(0, 400).Select(_ => study.Ask())];
        Assert.All(study.Parameters, p => Assert.InRange(trials.Average(t => t.GetDouble(p.Name)), 0.42, 0.58));
    }

    // The mean over 512 points of a product whose integral is 1.
    private static double SquaredError(Sampler sampler)
    {
        var space = new SearchSpace();
        for (var i = 0; i < 4; i++)
        {
            space[$"x{i}"] = Distribution.Uniform(0, 1);
        }

        var study = TestSpaces.NewStudy(space, sampler);
        var mean = Enumerable.Range(0, 512).Average(_ => study.Ask().Values.Values.Aggregate(1.0, (f, x) => f * (0.5 + x)));
        return (mean - 1) * (mean - 1);
    }
}
