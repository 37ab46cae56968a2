using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tests;

/// <summary>Relations between parameters: no sampler tries a point that they refuse, and a search that finds none ends.</summary>
public class SearchConstraintTests
{
    /// <summary>Half of <see cref="Plane"/>.</summary>
    private static readonly SearchConstraint Below = new("below", point => point["x"] + point["y"] < 0);

    public static TheoryData<string> Names => AllSamplers.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void No_sampler_tries_a_refused_point_and_a_rebuilt_study_goes_on_as_if_it_had_never_stopped(string name)
    {
        SearchConstraint[] ofAll =
        [
            new("law", point => point["uniform"] + point["normal"] < 6),
            new("cells", point => point["uniformint"] * (1 + point["choice"]) < 20),
        ];
        SearchConstraint[] ofBranches =
        [
            new("svm", point => !point.TryGetValue("c", out var c) || c < 1 + point["kernel"]),
            new("knn", point => !point.TryGetValue("k", out var k) || k % 2 == point["scale"]),
        ];
        foreach (var duplicates in Enum.GetValues<DuplicateHandling>())
        {
            foreach (var (space, constraints) in ((Func<SearchSpace>, SearchConstraint[])[])
                [(TestSpaces.AllDistributions, ofAll), (TestSpaces.Conditional, ofBranches)])
            {
                var original = NewStudy(space(), name, constraints, duplicates);
                Run(original, 40);
                Assert.All(
                    original.Trials, trial => Assert.All(constraints, constraint => Assert.True(constraint.IsAllowed(trial.Values))));
                var rebuilt = NewStudy(space(), name, constraints, duplicates);
                foreach (var old in original.Trials.Take(25))
                {
                    rebuilt.Tell(rebuilt.Ask(old.Values), old.Loss!.Value);
                }

                Run(rebuilt, 40);
                Assert.Equal(original.Trials.Select(trial => trial.Values), rebuilt.Trials.Select(trial => trial.Values));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_search_without_an_allowed_point_ends_with_one_error_that_counts_the_refusals(string name)
    {
        SearchConstraint[] constraints = [new("never", _ => false), new("always", _ => true)];
        foreach (var space in (SearchSpace[])[Plane(), new() { ["choice"] = Distribution.Choice("a", "b", "c") }])
        {
            foreach (var duplicates in Enum.GetValues<DuplicateHandling>())
            {
                var study = NewStudy(space, name, constraints, duplicates);
                var error = Assert.Throws<NoAllowedPointException>(() => study.Optimize(_ => 0, 10));
                Assert.StartsWith("The search constraints leave no point for trial 0: of ", error.Message, StringComparison.Ordinal);
                Assert.Contains("'never' refused", error.Message, StringComparison.Ordinal);
                Assert.Equal("never", Assert.Single(error.Refusals).Key);
                Assert.Empty(study.Trials);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_narrow_region_is_found(string name)
    {
        // One point of about 200.
        SearchConstraint narrow = new("narrow", point => Math.Abs(point["x"] - point["y"]) < 0.01);
        if (name == "grid")
        {
            narrow = new("diagonal", point => point["x"] == point["y"]);
        }

        var study = NewStudy(Plane(), name, [narrow]);
        Run(study, 10);
        Assert.All(study.Trials, trial => Assert.True(narrow.IsAllowed(trial.Values)));
    }

    [Theory]
    [InlineData("random", DuplicateHandling.Skip, 32)]
    [InlineData("tpe", DuplicateHandling.Skip, 32)]
    [InlineData("gp", DuplicateHandling.Skip, 32)]
    [InlineData("grid", DuplicateHandling.Reevaluate, 32)]
    [InlineData("random", DuplicateHandling.Reuse, null)]
    public void Refused_points_of_a_finite_space_count_as_exhausted(string name, DuplicateHandling duplicates, int? trials)
    {
        var space = new SearchSpace { ["a"] = Distribution.UniformInt(1, 8), ["b"] = Distribution.RandInt(8) };
        var study = NewStudy(space, name, [new("even", point => (point["a"] + point["b"]) % 2 == 0)], duplicates);
        var end = study.Optimize(TestSpaces.SumOfSquares, 10_000);
        Assert.Equal(StopReason.Exhausted, end.Reason);
        Assert.Equal(32, study.Trials.Select(trial => (trial.Values["a"], trial.Values["b"])).Distinct().Count());
        Assert.Equal(trials ?? study.Trials.Count, study.Trials.Count);
        Assert.Equal(32, study.Trials.Count(trial => trial.ReusedTrial is null));
    }

    [Fact]
    public void An_enqueued_point_is_asked_about_too()
    {
        var study = NewStudy(Plane(), "tpe", [Below]);
        var error = Assert.Throws<NoAllowedPointException>(() => study.Enqueue(new Dictionary<string, double> { ["x"] = 1, ["y"] = 0 }));
        Assert.Equal("The point is refused by the search constraint 'below'.", error.Message);
        Assert.True(study.Enqueue(new Dictionary<string, double> { ["x"] = 0.9 }));
        Assert.True(study.Enqueue(new Dictionary<string, double> { ["x"] = 1 }));
        Assert.True(study.Enqueue(new Dictionary<string, double> { ["x"] = 0.5, ["y"] = -0.75 }));
        var filled = study.Ask();
        Assert.Equal(0.9, filled.Values["x"]);
        Assert.True(filled.Values["y"] < -0.9);

        // No value of y goes with this x. The point is dropped, and the next one is taken.
        Assert.Throws<NoAllowedPointException>(() => study.Ask());
        Assert.Equal(-0.75, study.Ask().Values["y"]);
        Assert.Equal(2, study.Trials.Count);
        Assert.Throws<NoAllowedPointException>(() => study.TryPropose(new Dictionary<string, double> { ["x"] = 1 }));

        // A stored trial is rebuilt whatever the constraints say today.
        Assert.Equal(1, study.Ask(new Dictionary<string, double> { ["x"] = 1, ["y"] = 1 }).Values["y"]);
    }

    [Fact]
    public void An_exception_of_a_constraint_reaches_the_caller_and_no_trial_starts()
    {
        var study = NewStudy(Plane(), "random", [new("broken", point => point["z"] > 0)]);
        Assert.Throws<KeyNotFoundException>(() => study.Ask());
        Assert.Throws<KeyNotFoundException>(() => study.Optimize(_ => 0, 3));
        Assert.Empty(study.Trials);
    }

    [Fact]
    public void Constraints_need_different_names()
    {
        var error = Assert.Throws<ArgumentException>(() => NewStudy(Plane(), "random", [Below, Below]));
        Assert.Contains("'below'", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => NewStudy(Plane(), "random", [Below with { Name = " " }]));
    }

    [Fact]
    public void Trials_that_replace_refused_ones_are_as_even_as_the_sequence()
    {
        // Of a Sobol sequence, each half of the allowed half gets its share, and no point comes twice.
        var study = NewStudy(Plane(), "qmc", [new("right", point => point["x"] > 0)]);
        Run(study, 64);
        Assert.Equal(64, study.Trials.Select(trial => (trial.Values["x"], trial.Values["y"])).Distinct().Count());
        Assert.InRange(study.Trials.Count(trial => trial.Values["x"] > 0.5), 28, 36);
        Assert.InRange(study.Trials.Count(trial => trial.Values["y"] > 0), 28, 36);
    }

    [Theory]
    [InlineData("tpe")]
    [InlineData("gp")]
    [InlineData("cmaes")]
    public void To_refuse_half_of_the_space_is_not_worse_than_a_bad_loss_there(string name)
    {
        double[] refused = [.. Enumerable.Range(0, 24).Select(seed => Best(name, seed, isRefused: true)).Order()];
        double[] bad = [.. Enumerable.Range(0, 24).Select(seed => Best(name, seed, isRefused: false)).Order()];
        Assert.True(
            refused[11] + refused[12] <= bad[11] + bad[12],
            FormattableString.Invariant($"{name}: medians {(refused[11] + refused[12]) / 2:G4} and {(bad[11] + bad[12]) / 2:G4}"));
    }

    /// <summary>
    /// The best loss of 60 trials. The best point of the whole plane is refused, and the best allowed one is at the border.
    /// </summary>
    internal static double Best(string name, int seed, bool isRefused)
    {
        var study = new Study(Plane(), new StudyOptions
        {
            Sampler = AllSamplers.Create(name, seed),
            SearchConstraints = isRefused ? [Below] : [],
        });
        study.Optimize(
            trial => Below.IsAllowed(trial.Values)
                ? Math.Pow(trial.Values["x"] - 0.3, 2) + 2 * Math.Pow(trial.Values["y"] - 0.1, 2)
                : 10,
            60);
        return study.BestTrial!.Loss!.Value;
    }

    private static SearchSpace Plane() => new() { ["x"] = Distribution.Uniform(-1, 1), ["y"] = Distribution.Uniform(-1, 1) };

    private static Study NewStudy(
        SearchSpace space, string sampler, IReadOnlyList<SearchConstraint> constraints, DuplicateHandling duplicates = default) =>
        new(space, new StudyOptions
        {
            Sampler = AllSamplers.Create(sampler, 7),
            SearchConstraints = constraints,
            Duplicates = duplicates,
        });

    private static void Run(Study study, int trials)
    {
        while (study.Trials.Count < trials && study.TryAsk() is { } trial)
        {
            if (trial.State == TrialState.Running)
            {
                study.Tell(trial, TestSpaces.SumOfSquares(trial));
            }
        }
    }
}
