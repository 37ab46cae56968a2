using LogMl.Optimization.Importance;
using LogMl.Optimization.Sampling;

namespace LogMl.Optimization.Tests;

/// <summary>Both methods on functions of which the answer is known.</summary>
public class ImportanceTests
{
    [Fact]
    public void The_shares_of_an_additive_function_are_those_of_its_variances()
    {
        // The variance of a u is a^2 / 12: 16 : 4 : 1 : 0.
        var space = new SearchSpace
        {
            ["a"] = Distribution.Uniform(0, 4),
            ["b"] = Distribution.LogUniform(0, 2),
            ["c"] = Distribution.QUniform(0, 10, 0.01),
            ["d"] = Distribution.Uniform(0, 1),
        };
        var study = RandomStudy(space, t => t.GetDouble("a") + Math.Log(t.GetDouble("b")) + t.GetDouble("c") / 10, 1000);
        var shares = Fanova(study);
        Assert.Equal(16.0 / 21, shares["a"], 0.05);
        Assert.Equal(4.0 / 21, shares["b"], 0.05);
        Assert.Equal(1.0 / 21, shares["c"], 0.03);
        Assert.Equal(0, shares["d"], 0.01);
    }

    [Fact]
    public void The_first_order_shares_of_the_Ishigami_function_are_the_published_ones()
    {
        // T. Ishigami, T. Homma (1990) with a = 7, b = 0.1: S1 = 0.3139, S2 = 0.4424, S3 = 0; x3 acts in its interaction with x1 only.
        var space = new SearchSpace
        {
            ["x1"] = Distribution.Uniform(-Math.PI, Math.PI),
            ["x2"] = Distribution.Uniform(-Math.PI, Math.PI),
            ["x3"] = Distribution.Uniform(-Math.PI, Math.PI),
        };
        static double Ishigami(Trial t)
        {
            double x1 = t.GetDouble("x1"), x2 = t.GetDouble("x2"), x3 = t.GetDouble("x3");
            return Math.Sin(x1) + 7 * Math.Pow(Math.Sin(x2), 2) + 0.1 * Math.Pow(x3, 4) * Math.Sin(x1);
        }

        var shares = Fanova(RandomStudy(space, Ishigami, 10000));
        Assert.Equal(0.3139, shares["x1"], 0.06);
        Assert.Equal(0.4424, shares["x2"], 0.06);
        Assert.Equal(0, shares["x3"], 0.03);
    }

    [Fact]
    public void A_choice_has_the_variance_of_its_options_by_their_probabilities()
    {
        // Choice: 0.2 * 0.8 * 5^2 = 4; u in [0, 6): 36 / 12 = 3.
        var space = new SearchSpace { ["c"] = Distribution.PChoice((0.2, "x"), (0.8, "y")), ["u"] = Distribution.Uniform(0, 6) };
        var shares = Fanova(RandomStudy(space, t => 5 * t.GetIndex("c") + t.GetDouble("u"), 800));
        Assert.Equal(4.0 / 7, shares["c"], 0.04);
        Assert.Equal(3.0 / 7, shares["u"], 0.04);
    }

    [Fact]
    public void A_parameter_of_a_branch_counts_with_the_share_of_its_branch()
    {
        // Loss: 3 in one branch, x + y with x in [0, 6), y in [0, 2) in the other, whose mean is 4: choice 1/4, x 3/2, y 1/6, of 23/12.
        var space = new SearchSpace
        {
            ["kind"] = Distribution.Choice(
                "constant",
                new Branch("sum", new SearchSpace
                {
                    ["x"] = Distribution.Uniform(0, 6),
                    ["inner"] = Distribution.Choice(new Branch("only", new SearchSpace { ["y"] = Distribution.Uniform(0, 2) })),
                })),
        };
        var study = RandomStudy(space, t => t.GetIndex("kind") == 0 ? 3 : t.GetDouble("x") + t.GetDouble("y"), 1500);
        var shares = Fanova(study);
        Assert.Equal(0.25 / (23.0 / 12), shares["kind"], 0.04);
        Assert.Equal(1.5 / (23.0 / 12), shares["x"], 0.05);
        Assert.Equal(1.0 / 6 / (23.0 / 12), shares["y"], 0.03);
        Assert.Equal(0, shares["inner"], 0.001);
    }

    [Fact]
    public void What_sets_the_best_apart_is_important_to_PED_ANOVA_whatever_makes_the_rest_bad()
    {
        // Where "fatal" is bad the loss is enormous, but half of the range is equally good; "fine" decides among the good.
        var space = new SearchSpace
        {
            ["fatal"] = Distribution.Uniform(0, 1),
            ["fine"] = Distribution.Uniform(0, 1),
            ["idle"] = Distribution.Uniform(0, 1),
        };
        var study = RandomStudy(space, t => (t.GetDouble("fatal") < 0.5 ? 0 : 1000) + t.GetDouble("fine"), 1000);
        var divergences = Importances.PedAnova(study.History);
        Assert.Equal(["fine", "fatal", "idle"], divergences.Select(i => i.Name));
        Assert.Equal("fatal", Importances.Fanova(study.History)[0].Name);

        // The best tenth has fatal in a half of the range, fine in a fifth: chi-square divergences 1 and 4, less what smoothing takes.
        Assert.InRange(divergences[0].Importance, 2.5, 4.1);
        Assert.InRange(divergences[1].Importance, 0.7, 1.1);
        Assert.InRange(divergences[2].Importance, 0, 0.15);
    }

    [Fact]
    public void PED_ANOVA_judges_a_parameter_of_a_branch_among_the_trials_that_have_it()
    {
        var space = new SearchSpace
        {
            ["kind"] = Distribution.Choice(
                new Branch("a", new SearchSpace { ["x"] = Distribution.Uniform(0, 1) }),
                new Branch("b", new SearchSpace { ["y"] = Distribution.Uniform(0, 1) })),
        };
        var study = RandomStudy(space, t => t.GetIndex("kind") == 0 ? t.GetDouble("x") : 2 + t.GetDouble("y"), 1000);
        var divergences = Importances.PedAnova(study.History).ToDictionary(i => i.Name, i => i.Importance);
        Assert.Equal(1, divergences["kind"], 0.1);
        Assert.InRange(divergences["x"], 1, 2.1);
        Assert.Equal(0, divergences["y"]);
    }

    [Fact]
    public void The_direction_of_the_objective_decides_which_trials_are_the_best()
    {
        var space = new SearchSpace { ["x"] = Distribution.Uniform(0, 1), ["y"] = Distribution.Uniform(0, 1) };
        var study = new Study(space, new StudyOptions { Sampler = Samplers.Random(3), Directions = [Direction.Maximize] });
        study.Optimize(t => t.GetDouble("x") < 0.5 ? t.GetDouble("y") : 2, 500);
        Assert.Equal("x", Importances.PedAnova(study.History)[0].Name);
    }

    [Fact]
    public void The_same_study_gives_the_same_importances_and_a_constant_loss_gives_none()
    {
        var study = RandomStudy(TestSpaces.AllDistributions(), TestSpaces.SumOfSquares, 100);
        Assert.Equal(Importances.Fanova(study.History), Importances.Fanova(study.History));
        Assert.NotEqual(Importances.Fanova(study.History), Importances.Fanova(study.History, new FanovaOptions { Seed = 1 }));

        var constant = RandomStudy(TestSpaces.Conditional(), _ => 1, 50);
        Assert.All(Importances.Fanova(constant.History), i => Assert.Equal(0, i.Importance));
        Assert.All(Importances.PedAnova(constant.History), i => Assert.Equal(0, i.Importance, 1e-12));
    }

    [Fact]
    public void Importance_needs_two_complete_trials_and_an_objective_that_exists()
    {
        var study = RandomStudy(TestSpaces.Conditional(), t => t.Number == 0 ? 1 : double.NaN, 5);
        Error.Says<InvalidOperationException>("at least two complete trials; the study has 1", () => Importances.Fanova(study.History));
        Error.Says<ArgumentOutOfRangeException>(
            "1 objectives, from 0; got 1", () => Importances.PedAnova(study.History, new PedAnovaOptions { Objective = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Importances.PedAnova(study.History, new PedAnovaOptions { Quantile = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Importances.Fanova(study.History, new FanovaOptions { Trees = 0 }));
    }

    private static Dictionary<string, double> Fanova(Study study) =>
        Importances.Fanova(study.History, new FanovaOptions { Trees = 16 }).ToDictionary(i => i.Name, i => i.Importance);

    private static Study RandomStudy(SearchSpace space, Func<Trial, double> loss, int trials)
    {
        var study = TestSpaces.NewStudy(space, Samplers.Random(20));
        study.Optimize(loss, trials);
        return study;
    }
}
