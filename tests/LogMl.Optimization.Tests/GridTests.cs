using CsCheck;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tests;

public class GridTests
{
    [Fact]
    public void A_finite_space_is_searched_as_nested_loops_would_and_then_the_search_ends()
    {
        var study = TestSpaces.NewStudy(
            new SearchSpace
            {
                ["a"] = Distribution.RandInt(2),
                ["kind"] = Distribution.Choice(
                    "plain", new Branch("deep", new SearchSpace { ["k"] = Distribution.UniformInt(1, 3) })),
                ["q"] = Distribution.QUniform(0, 1, 0.5),
            },
            Samplers.Grid());
        study.Optimize(TestSpaces.SumOfSquares, 1000);

        var expected = new List<double[]>();
        foreach (var a in (double[])[0, 1])
        {
            foreach (var kind in (double[][])[[0], [1, 1], [1, 2], [1, 3]])
            {
                foreach (var q in (double[])[0, 0.5, 1])
                {
                    expected.Add([a, .. kind, q]);
                }
            }
        }

        Assert.Equal(expected, study.Trials.Select(t => t.Values.Values.ToArray()));
        Assert.Null(study.TryAsk());
        Error.Says<InvalidOperationException>("all its points", study.Ask);
    }

    [Fact]
    public void Continuous_parameters_take_the_middles_of_equal_shares_of_their_prior()
    {
        var study = TestSpaces.NewStudy(
            new SearchSpace { ["x"] = Distribution.Uniform(0, 8) }, Samplers.Grid(new GridOptions { Levels = 4 }));
        study.Optimize(_ => 1, 10);
        Assert.Equal([1, 3, 5, 7], study.Trials.Select(t => t.GetDouble("x")));
    }

    [Fact]
    public void Every_distribution_has_a_grid_and_the_number_of_points_has_no_limit()
    {
        foreach (var space in (SearchSpace[])[TestSpaces.AllDistributions(), TestSpaces.Conditional()])
        {
            var study = TestSpaces.NewStudy(space, Samplers.Grid(new GridOptions { Levels = 50 }));
            var points = new HashSet<string>();
            for (var i = 0; i < 2000 && study.TryAsk() is { } trial; i++)
            {
                Assert.True(points.Add(string.Join(';', trial.Values)));
                Assert.All(study.Parameters.Where(p => trial.IsActive(p.Name)),
                    p => Assert.True(p.Distribution.Contains(trial.GetDouble(p.Name))));
            }
        }
    }

    [Fact]
    public void Points_that_were_asked_for_are_not_repeated_and_a_rebuilt_study_goes_on() =>
        Gen.Int[0, 5].Array[0, 20].Sample(chosen =>
        {
            var study = new Study(Finite(), new StudyOptions { Sampler = Samplers.Grid() });
            foreach (var x in chosen.Distinct())
            {
                study.TellFailed(study.Ask([KeyValuePair.Create("x", (double)x), KeyValuePair.Create("y", 0.0)]));
                study.TryAsk();
            }

            var rebuilt = new Study(Finite(), new StudyOptions { Sampler = Samplers.Grid() });
            foreach (var trial in study.Trials)
            {
                rebuilt.Ask(trial.Values);
            }

            study.Optimize(_ => 1, 100);
            rebuilt.Optimize(_ => 1, 100);
            Assert.Equal(study.Trials.Select(t => t.Values), rebuilt.Trials.Select(t => t.Values));
            Assert.Equal(12, study.Trials.Select(t => (t.GetInt32("x"), t.GetInt32("y"))).Distinct().Count());
            Assert.Null(study.TryAsk());
        });

    [Fact]
    public void A_space_without_parameters_has_one_point()
    {
        var study = TestSpaces.NewStudy([], Samplers.Grid());
        study.Optimize(_ => 1, 10);
        Assert.Single(study.Trials);
    }

    private static SearchSpace Finite() => new() { ["x"] = Distribution.RandInt(6), ["y"] = Distribution.Choice(0, 1) };
}
