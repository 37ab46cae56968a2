using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tests;

/// <summary>Fixed parameters and enqueued points: every sampler keeps what it is given.</summary>
public class GivenPointTests
{
    public static TheoryData<string> Samplers => AllSamplers.Names;

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Fixed_values_hold_wherever_their_parameter_exists(string sampler)
    {
        foreach (var seed in (int[])[1, 2])
        {
            var space = TestSpaces.Conditional();
            var study = NewStudy(space, AllSamplers.Create(sampler, seed), new() { ["k"] = 7, ["scale"] = 1, ["width"] = 1 });
            study.Optimize(t => t.Number % 7 - t.Number % 3, 60);
            Assert.All(study.Trials, t => Assert.Equal(1, t.GetDouble("scale")));
            Assert.All(study.Trials.Where(t => t.IsActive("k")), t => Assert.Equal(7, t.GetDouble("k")));
            Assert.All(study.Trials.Where(t => t.IsActive("width")), t => Assert.Equal(1, t.GetDouble("width")));
            Assert.All(study.Trials, t => Assert.Equal(t.GetIndex("classifier") == 1, t.IsActive("k")));
            Assert.Contains(study.Trials, t => t.IsActive("k"));
        }
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void A_fixed_choice_opens_its_branch_and_no_other(string sampler)
    {
        var space = TestSpaces.Conditional();
        var study = NewStudy(space, AllSamplers.Create(sampler, 1), new(space.Values(("classifier", "svm"), ("kernel", "rbf"))));
        study.Optimize(t => t.GetDouble("c"), 40);
        Assert.All(study.Trials, t => Assert.Equal(["classifier", "c", "kernel", "width", "scale"], t.Values.Keys));
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Enqueued_points_come_first_in_order_and_the_sampler_adds_the_rest(string sampler)
    {
        var space = TestSpaces.Conditional();
        var study = NewStudy(space, AllSamplers.Create(sampler, 1), []);
        study.Optimize(t => t.Number, 30);
        Assert.True(study.Enqueue(space.Values(("classifier", "knn"), ("k", 3))));
        Assert.True(study.Enqueue(space.Values(("classifier", "majority"), ("scale", true))));
        Assert.True(study.Enqueue([]));
        study.Optimize(t => t.Number, 34);
        Assert.Equal(["classifier", "k", "scale"], study.Trials[30].Values.Keys);
        Assert.Equal(3, study.Trials[30].GetInt32("k"));
        Assert.Equal("majority", study.Trials[31].GetOption("classifier"));
        Assert.True(study.Trials[31].Get<bool>("scale"));
        Assert.All(study.Trials, t => Assert.All(t.Values, pair => Assert.True(
            study.Parameters.Single(p => p.Name == pair.Key).Distribution.Contains(pair.Value))));
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void A_point_at_the_bounds_is_a_trial_and_what_follows_is_within_them(string sampler)
    {
        SearchSpace space = new()
        {
            ["u"] = Distribution.Uniform(-5, 10),
            ["l"] = Distribution.LogUniform(Math.Log(1e-4), Math.Log(0.1)),
            ["q"] = Distribution.QUniform(0, 1, 0.1),
        };
        var study = NewStudy(space, AllSamplers.Create(sampler, 1), []);
        study.Enqueue([new("u", 10), new("l", 0.1), new("q", 0.3)]);
        study.Enqueue([new("u", -5), new("l", 1e-4), new("q", 1)]);

        // The best trials are at the upper bounds, so that the sampler looks there.
        study.Optimize(t => -t.GetDouble("u") - Math.Log(t.GetDouble("l")), 40);
        Close.To([10, 0.1, 3 * 0.1], new[] { "u", "l", "q" }.Select(study.Trials[0].GetDouble), 1e-15);
        Assert.Equal(10, study.Trials[0].GetDouble("u"));
        Assert.All(study.Trials, t => Assert.All(t.Values, pair => Assert.True(space[pair.Key].Contains(pair.Value))));
        Assert.All(Importances.Fanova(study.History), parameter => Assert.True(double.IsFinite(parameter.Importance)));
        Assert.All(Importances.PedAnova(study.History), parameter => Assert.True(double.IsFinite(parameter.Importance)));
    }

    [Fact]
    public void A_point_that_a_trial_has_is_left_out_on_request()
    {
        var space = TestSpaces.Conditional();
        var study = NewStudy(space, LogMl.Optimization.Samplers.Random(1), []);
        study.Ask(space.Values(("classifier", "knn"), ("k", 3), ("scale", true)));
        Assert.False(study.Enqueue(space.Values(("classifier", "knn"), ("k", 3)), skipIfExists: true));
        Assert.True(study.Enqueue(space.Values(("classifier", "knn"), ("k", 4)), skipIfExists: true));
        Assert.False(study.Enqueue(space.Values(("classifier", "knn"), ("k", 4)), skipIfExists: true));
        Assert.True(study.Enqueue(space.Values(("classifier", "knn"), ("k", 3))));
        Assert.Equal([4.0, 3.0], [study.Ask().GetDouble("k"), study.Ask().GetDouble("k")]);
    }

    [Fact]
    public void Points_that_cannot_be_are_refused()
    {
        var space = TestSpaces.Conditional();
        var study = NewStudy(space, LogMl.Optimization.Samplers.Random(1), new() { ["scale"] = 0 });
        Error.Says<ArgumentException>(
            "'k' exists only with option 1 of 'classifier', which is not given", () => study.Enqueue([new("k", 3)]));
        Error.Says<ArgumentException>("which is option 2", () => study.Enqueue([new("k", 3), new("classifier", 2)]));
        Error.Says<ArgumentException>("'scale' cannot be 1: the study fixes it at 0", () => study.Enqueue([new("scale", 1)]));
        Error.Says<ArgumentException>("no parameter 'z'", () => study.Enqueue([new("z", 1)]));
        Error.Says<ArgumentException>("given twice", () => study.Enqueue([new("scale", 0), new("scale", 0)]));
        Error.Says<ArgumentException>("'k' is fixed, but never exists", () => NewStudy(
            TestSpaces.Conditional(), LogMl.Optimization.Samplers.Random(1), new() { ["classifier"] = 0, ["k"] = 3 }));
        Error.Says<ArgumentException>("'scale' cannot be 5", () => NewStudy(
            TestSpaces.Conditional(), LogMl.Optimization.Samplers.Random(1), new() { ["scale"] = 5 }));
        Error.Says<ArgumentException>("'kernel' has no option poly; it has linear, rbf", () => space.Values(("kernel", "poly")));
        Error.Says<ArgumentException>("'k' needs a number; got three (String)", () => space.Values(("k", "three")));
        Error.Says<ArgumentException>("'k' is given twice", () => space.Values(("k", 1), ("k", 2)));
        Error.Says<ArgumentException>("no parameter 'z'", () => space.Values(("z", 2)));
    }

    [Fact]
    public void A_study_with_everything_fixed_has_one_point()
    {
        var study = NewStudy(
            TestSpaces.Conditional(), LogMl.Optimization.Samplers.Grid(), new() { ["classifier"] = 1, ["k"] = 3, ["scale"] = 0 });
        study.Optimize(t => t.GetDouble("k"), 10);
        Assert.Single(study.Trials);
    }

    private static Study NewStudy(SearchSpace space, Sampler sampler, Dictionary<string, double> fixedValues) =>
        new(space, new StudyOptions { Sampler = sampler, Fixed = fixedValues });
}
