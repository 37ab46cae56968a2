using LogMl.Optimization.Distributions;
using LogMl.Optimization.HyperoptTpe;

namespace LogMl.Optimization.Tests;

/// <summary>Values that hyperopt 0.3.0 computes (functions of tpe.py), to the digits to which they were written down.</summary>
public class HyperoptVectorTests
{
    private const double Digits = 1e-8;
    private const double SevenDigits = 5.1e-8;

    private static readonly double[] MixtureWeights = [0.1, 0.3, 0.4, 0.2];
    private static readonly double[] MixtureMeans = [1, 2, 3, 4];
    private static readonly double[] LogMixtureMeans = [-2, 1, 0, 3];
    private static readonly double[] MixtureSigmas = [0.1, 0.4, 0.8, 2];

    [Fact]
    public void Linear_forgetting_ramps_up_the_oldest()
    {
        var weights = LinearForgetting.Weights(30, 25);
        Close.To([0.0333333, 0.275, 0.5166667, 0.7583333, 1], weights[..5], SevenDigits);
        Assert.All(weights[5..], w => Assert.Equal(1, w));
        Close.To(27.583333, weights.Sum(), 4e-7);
        Close.To(0.0384615, LinearForgetting.Weights(26, 25)[0], SevenDigits);
        Assert.Equal([1, 1, 1], LinearForgetting.Weights(3, 25));
    }

    [Fact]
    public void Parzen_of_one_observation_sorts_the_prior_beside_it()
    {
        AssertMixture(Parzen(3), [0.5, 0.5], [0, 3], [10, 5]);
        AssertMixture(Parzen(-3), [0.5, 0.5], [-3, 0], [5, 10]);
    }

    [Fact]
    public void Parzen_of_no_observation_is_the_prior() => AssertMixture(Parzen(), [1], [0], [10]);

    [Fact]
    public void Parzen_of_four_observations_takes_the_larger_gap_and_clips_it() =>
        AssertMixture(Parzen(3, -1, 4.5, 3.2), [0.2, 0.2, 0.2, 0.2, 0.2], [-1, 0, 3, 3.2, 4.5], [1.6666667, 10, 3, 1.6666667, 1.6666667]);

    [Fact]
    public void Parzen_of_thirty_observations_forgets_the_oldest()
    {
        var mixture = Parzen(Enumerable.Range(0, 30).Select(i => -4 + i * 8.0 / 29).ToArray());
        Assert.Equal(31, mixture.Means.Count);
        Assert.Equal(10, mixture.Sigmas[15]);
        Assert.Equal(0, mixture.Means[15]);
        Close.To([0.0011661808, 0.0096209913, 0.0180758017, 0.0265306122, 0.0349854227, 0.0349854227], mixture.Weights.Take(6), 1e-10);
        Close.To([0.3125, 0.3125, 0.3125], mixture.Sigmas.Take(3), 1e-12);
    }

    [Theory]
    [InlineData(2.5, -1.1050900999)]
    public void Normal_mixture_density(double x, double expected) =>
        Close.To(expected, Normals(Distribution.Normal(0, 1)).LogDensity(x), Digits);

    [Theory]
    [InlineData(2.6, 0.1817315652)]
    [InlineData(3.4, -0.166770555)]
    public void Bounded_normal_mixture_density(double x, double expected) =>
        Close.To(expected, Normals(Distribution.Uniform(2.5, 3.5)).LogDensity(x), Digits);

    [Theory]
    [InlineData(2, -1.001638733)]
    [InlineData(3, -0.7433270212)]
    [InlineData(4, -1.8502762457)]
    public void Quantised_bounded_normal_mixture_density(double x, double expected) =>
        Close.To(expected, Normals(Distribution.QUniform(2, 4, 1)).LogDensity(x), Digits);

    [Theory]
    [InlineData(2, -1.6165964472)]
    [InlineData(2.5, -1.7900711356)]
    public void Quantised_normal_mixture_density(double x, double expected) =>
        Close.To(expected, Normals(Distribution.QNormal(0, 1, 0.5)).LogDensity(x), Digits);

    [Theory]
    [InlineData(0.5, -1.2424598751)]
    [InlineData(2, -1.6594286106)]
    [InlineData(10, -5.4679066685)]
    [InlineData(8, -5.0645613289)]
    [InlineData(20, -6.2127305892)]
    public void Lognormal_mixture_density(double x, double expected) =>
        Close.To(expected, LogNormals(Distribution.LogNormal(0, 1)).LogDensity(x), Digits);

    [Theory]
    [InlineData(8, -5.0645613289)]
    [InlineData(20, -6.2127305892)]
    public void Bounded_lognormal_mixture_density_is_not_divided_by_its_mass(double x, double expected) =>
        Close.To(expected, LogNormals(Distribution.LogUniform(2, 4)).LogDensity(x), Digits);

    [Theory]
    [InlineData(0, -1.694261859)]
    [InlineData(1, -1.453105406)]
    [InlineData(2, -1.6772155688)]
    public void Quantised_lognormal_mixture_density(double x, double expected) =>
        Close.To(expected, LogNormals(Distribution.QLogNormal(0, 1, 1)).LogDensity(x), Digits);

    [Theory]
    [InlineData(8, -2.5418062307)]
    [InlineData(20, -3.6983813133)]
    public void Quantised_bounded_lognormal_mixture_density(double x, double expected) =>
        Close.To(expected, LogNormals(Distribution.QLogUniform(2, 4, 1)).LogDensity(x), Digits);

    [Fact]
    public void Pseudocounts_of_a_categorical_posterior()
    {
        Distribution prior = Distribution.PChoice((0.2, "a"), (0.3, "b"), (0.5, "c"));
        var posterior = new CategoricalEstimator(prior, [0, 0, 2], [1, 1, 1], priorWeight: 1);
        Close.To([0.43333333, 0.15, 0.41666667], Enumerable.Range(0, 3).Select(k => posterior.Probability(k)), Digits);
    }

    [Fact]
    public void The_split_takes_the_first_of_equal_losses()
    {
        double[] losses = [.. Enumerable.Repeat(new double[] { 5, 3, 9, 1, 7 }, 4).SelectMany(x => x)];
        var good = GoodTrials.Mark(losses, 0.25, 25);
        Assert.Equal([3, 8], Enumerable.Range(0, 20).Where(i => good[i]));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(16, 1)]
    [InlineData(17, 2)]
    [InlineData(64, 2)]
    [InlineData(65, 3)]
    [InlineData(144, 3)]
    [InlineData(1000, 8)]
    [InlineData(10000, 25)]
    [InlineData(1000000, 25)]
    public void The_number_of_good_trials_grows_with_the_square_root(int trials, int expected) =>
        Assert.Equal(expected, GoodTrials.Count(trials, 0.25, 25));

    private static NormalMixture Parzen(params double[] observed) =>
        AdaptiveParzen.Fit(observed, LinearForgetting.Weights(observed.Length, 25), priorWeight: 1, priorMean: 0, priorSigma: 10);

    private static NumericEstimator Normals(NumericDistribution prior) =>
        new(prior, new NormalMixture(MixtureWeights, MixtureMeans, MixtureSigmas, prior.LawLow, prior.LawHigh));

    private static NumericEstimator LogNormals(NumericDistribution prior) =>
        new(prior, new NormalMixture(MixtureWeights, LogMixtureMeans, MixtureSigmas, prior.LawLow, prior.LawHigh));

    private static void AssertMixture(NormalMixture mixture, double[] weights, double[] means, double[] sigmas)
    {
        Close.To(weights, mixture.Weights, Digits);
        Close.To(means, mixture.Means, Digits);
        Close.To(sigmas, mixture.Sigmas, SevenDigits);
    }
}
