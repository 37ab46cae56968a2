using LogMl.Optimization.Numerics;
using LogMl.Optimization.Sampling;
using LogMl.Optimization.Tpe;
using LogMl.Shared;

namespace LogMl.Optimization.Tests;

/// <summary>The densities of TPE are densities: they integrate to 1 over mixed and conditional spaces, and draws follow them.</summary>
public class TpeDensityTests
{
    private const int Samples = 60_000;

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.02)]
    public void A_mixture_integrates_to_one_over_a_conditional_space(double bandwidth)
    {
        var space = Space();
        var fit = Fit(space, bandwidth);

        // side "left": x in [0, 1]. side "right": n in 0 .. 4 and, when deep, y in [0, 1].
        const int Steps = 2000;
        double total = 0;
        for (var i = 0; i < Steps; i++)
        {
            var u = (i + 0.5) / Steps;
            total += fit.Density([0, u, double.NaN, double.NaN, double.NaN]) / Steps;
            for (var n = 0; n < 5; n++)
            {
                total += fit.Density([1, double.NaN, n, 0, double.NaN]) / Steps;
                total += fit.Density([1, double.NaN, n, 1, 3 * u - 1]) / Steps;
            }
        }

        Close.To(1, total, 1e-3);
    }

    [Theory]
    [InlineData("uniform")]
    [InlineData("quniform")]
    [InlineData("uniformint")]
    [InlineData("loguniform")]
    [InlineData("qloguniform")]
    [InlineData("normal")]
    [InlineData("qnormal")]
    [InlineData("lognormal")]
    [InlineData("qlognormal")]
    [InlineData("randint")]
    public void Every_distribution_has_a_density_of_one(string name)
    {
        var distribution = TestSpaces.AllDistributions()[name];
        var fit = Fit(new SearchSpace { ["p"] = distribution }, 0.05);
        var axis = new Study(new SearchSpace { ["p"] = distribution }, new StudyOptions { Sampler = Samplers.Random(1) })
            .Parameters.Select(p => new DensityAxis(p)).Single();
        double total = 0;
        if (axis.IsDiscrete)
        {
            // All values that have any mass; the widest distribution here has standard deviation 2 in logarithms.
            HashSet<double> values =
                [.. Enumerable.Range(0, 400_001).Select(i => axis.ToValue(axis.IsBounded ? i / 400_000.0 : (i - 200_000) / 25_000.0))];
            total = values.Sum(v => fit.Density([v]));
        }
        else
        {
            (var low, var high) = axis.IsBounded ? (0.0, 1.0) : (-8, 8);
            for (var i = 0; i < 20_000; i++)
            {
                total += fit.DensityAt(low + (high - low) * (i + 0.5) / 20_000) * (high - low) / 20_000;
            }
        }

        Close.To(1, total, 2e-3);
    }

    [Theory]
    [InlineData("randint", 2, 1)]
    [InlineData("randint", 8, 0.25)]
    [InlineData("uniformint", 2, 1)]
    [InlineData("quniform", 16, 0.125)]
    [InlineData("uniform", 0, 0)]
    [InlineData("qnormal", 2, 0.282)]
    [InlineData("qlognormal", 0, 0.00488)]
    public void A_number_is_like_a_choice_as_far_as_two_draws_often_have_the_same_value(string name, int values, double likeness)
    {
        Distribution distribution = name switch
        {
            "randint" => Distribution.RandInt(values),
            "uniformint" => Distribution.UniformInt(0, values - 1),
            "quniform" => Distribution.QUniform(0.5, values + 0.5, 1),
            "qnormal" => Distribution.QNormal(0, 1, 1.0 / values),
            "qlognormal" => Distribution.QLogNormal(5, 1, 1),
            _ => Distribution.Uniform(0, 1),
        };
        var study = TestSpaces.NewStudy(new SearchSpace { ["p"] = distribution }, Samplers.Random(1));

        // Two draws are the same with the sum of the squared probabilities; on a narrow grid that is q times the integral of the squared
        // density, 1 / (2 sigma sqrt(pi)) for a normal one and exp(sigma^2 / 4 - mu) times as much for a lognormal one.
        Close.To(likeness, study.Parameters.Select(p => new DensityAxis(p)).Single().ChoiceLikeness, 0.05 * Math.Max(likeness, 0.01));
    }

    [Fact]
    public void Draws_follow_the_density()
    {
        var fit = Fit(Space(), 0.1);
        var random = new RandomStream(5, 5);
        var counts = new Dictionary<(double, double), int>();
        var lower = 0;
        for (var i = 0; i < Samples; i++)
        {
            var values = fit.Draw(random, [double.NaN, double.NaN, double.NaN, double.NaN, double.NaN]);
            if (values[0] == 1)
            {
                counts[(values[2], values[3])] = counts.GetValueOrDefault((values[2], values[3])) + 1;
            }
            else
            {
                lower += values[1] < 0.25 ? 1 : 0;
            }
        }

        double expectedLower = 0;
        for (var i = 0; i < 1000; i++)
        {
            expectedLower += fit.Density([0, (i + 0.5) / 4000, double.NaN, double.NaN, double.NaN]) / 4000;
        }

        Close.To(expectedLower, lower / (double)Samples, 0.01);
        for (var n = 0; n < 5; n++)
        {
            Close.To(fit.Density([1, double.NaN, n, 0, double.NaN]), counts.GetValueOrDefault((n, 0.0)) / (double)Samples, 0.01);
        }
    }

    [Fact]
    public void Draws_with_given_values_follow_the_conditional_density()
    {
        var fit = Fit(Space(), 0.1);
        var random = new RandomStream(5, 6);
        var counts = new int[5];
        for (var i = 0; i < Samples; i++)
        {
            var values = fit.Draw(random, [1, double.NaN, double.NaN, 0, double.NaN]);
            Assert.Equal((1, 0), (values[0], values[3]));
            counts[(int)values[2]]++;
        }

        double[] joint = [.. Enumerable.Range(0, 5).Select(n => fit.Density([1, double.NaN, n, 0, double.NaN]))];
        Assert.All(counts.Zip(joint), pair => Close.To(pair.Second / joint.Sum(), pair.First / (double)Samples, 0.01));
    }

    private static SearchSpace Space() => new()
    {
        ["side"] = Distribution.Choice(
            new Branch("left", new SearchSpace { ["x"] = Distribution.Uniform(0, 1) }),
            new Branch("right", new SearchSpace
            {
                ["n"] = Distribution.RandInt(5),
                ["deep"] = Distribution.PChoice(
                    (0.7, false), (0.3, new Branch(true, new SearchSpace { ["y"] = Distribution.Uniform(-1, 2) }))),
            })),
    };

    private static Fitted Fit(SearchSpace space, double bandwidth)
    {
        var study = TestSpaces.NewStudy(space, Samplers.Random(3));
        var history = new History(study.Parameters, 1);
        var observations = new Observations(history);
        var mixture = new Mixture(observations, 20, keepNorms: false);
        for (var i = 0; i < 11; i++)
        {
            history.Add(study.Ask().Point);
        }

        observations.Update();
        for (var i = 0; i < 11; i++)
        {
            mixture.Add(i, 1 + i % 3);
        }

        Array.Fill(mixture.Bandwidths, bandwidth);
        foreach (var axis in observations.Axes)
        {
            mixture.Smoothing[axis.Parameter.Index] = 0.4 * axis.ChoiceLikeness;
        }

        bool[] isCoarse = [.. observations.Axes.Select((axis, a) => axis.IsDiscrete)];
        mixture.Prepare(2, isCoarse);
        return new Fitted(mixture, isCoarse);
    }

    private sealed record Fitted(Mixture Mixture, bool[] IsCoarse)
    {
        public double Density(double[] values)
        {
            double[] coordinates = [.. values.Select((v, a) => double.IsNaN(v) ? v : Mixture.Axes[a].ToCoordinate(v))];
            return PortableMath.Exp(Mixture.LogDensity(coordinates, values, IsCoarse));
        }

        public double DensityAt(double coordinate) => PortableMath.Exp(Mixture.LogDensity([coordinate], [double.NaN], IsCoarse));

        public double[] Draw(RandomStream random, double[] given)
        {
            var candidates = new Candidates(Mixture, 20);
            var coordinates = new double[given.Length];
            var values = new double[given.Length];
            candidates.Prepare(given, [.. given.Select((v, a) => double.IsNaN(v) ? v : Mixture.Axes[a].ToCoordinate(v))], IsCoarse);
            candidates.Draw(recombine: false, given, random, coordinates, values);
            return values;
        }
    }
}
