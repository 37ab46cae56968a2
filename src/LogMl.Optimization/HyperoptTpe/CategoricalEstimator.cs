using LogMl.Optimization.Distributions;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.HyperoptTpe;

/// <summary>
/// The estimator of randint, choice and pchoice: p(k) is proportional to count(k) + W K prior(k), where K is the number of values, W is the
/// weight of the prior, and the counts are weighted by age (hyperopt 0.3.0, tpe.py, ap_randint_sampler and ap_categorical_sampler; for
/// equal priors W K prior(k) is W).
/// </summary>
/// <remarks>Only observed values are stored, so that the cost does not depend on K, which may be 2^53.</remarks>
internal sealed class CategoricalEstimator : Estimator
{
    private readonly Distribution _prior;
    private readonly double _priorTotal;
    private readonly double _observedTotal;
    private readonly double[] _observed;
    private readonly double[] _cumulativeWeights;
    private readonly Dictionary<double, double> _counts = [];

    public CategoricalEstimator(Distribution prior, IReadOnlyList<double> observed, double[] weights, double priorWeight)
    {
        _prior = prior;
        _priorTotal = priorWeight * ((ICategorical)prior).Count;
        _observed = new double[observed.Count];
        _cumulativeWeights = new double[observed.Count];
        for (var i = 0; i < _observed.Length; i++)
        {
            var value = observed[i];
            _observed[i] = value;
            _counts[value] = _counts.GetValueOrDefault(value) + weights[i];
            _observedTotal += weights[i];
            _cumulativeWeights[i] = _observedTotal;
        }
    }

    // Draws an observed value with the probability of its count, or otherwise from the prior. That has the same distribution as p.
    public override double Draw(RandomStream random)
    {
        var u = random.NextDouble() * (_priorTotal + _observedTotal);
        if (u >= _observedTotal)
        {
            return _prior.Draw(random);
        }

        var i = Array.BinarySearch(_cumulativeWeights, u);
        return _observed[i < 0 ? ~i : Math.Min(i + 1, _observed.Length - 1)];
    }

    public override double LogDensity(double value) => PortableMath.Log(Probability(value));

    public double Probability(double value) =>
        (_counts.GetValueOrDefault(value) + _priorTotal * _prior.Pmf(value)) / (_priorTotal + _observedTotal);
}
