using LogMl.Optimization.Distributions;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.CmaEs;

/// <summary>
/// The probabilities of the options of a choice. They start at the prior and move towards the options of the better trials, as in CatCMA
/// (R. Hamano et al., "CatCMA: stochastic optimization for mixed-category problems", GECCO 2024), with its margin. Unlike there, the
/// learning rate is fixed.
/// </summary>
internal sealed class OptionProbabilities
{
    private const double Log073 = -0.31471074483970024;

    private readonly double[] _prior;
    private readonly double[] _probabilities;

    public OptionProbabilities(Parameter parameter)
    {
        ParameterIndex = parameter.Index;
        _prior = [.. ((ChoiceDistribution)parameter.Distribution).Probabilities];
        _probabilities = [.. _prior];
    }

    public int ParameterIndex { get; }

    /// <summary>The number of free probabilities.</summary>
    public int DegreesOfFreedom => _probabilities.Length - 1;

    public double Draw(RandomStream random)
    {
        var u = random.NextDouble();
        var last = 0;
        for (var i = 0; i < _probabilities.Length && u >= 0; i++)
        {
            if (_probabilities[i] > 0)
            {
                last = i;
                u -= _probabilities[i];
            }
        }

        return last;
    }

    /// <summary>Moves the probabilities towards the options of ranked trials. NaN is a trial without this choice.</summary>
    public void Update(IReadOnlyList<double> options, double[] weights, double rate, int choices)
    {
        double moved = 0;
        var target = new double[_probabilities.Length];
        for (var k = 0; k < options.Count; k++)
        {
            if (!double.IsNaN(options[k]))
            {
                target[(int)options[k]] += weights[k];
                moved += weights[k];
            }
        }

        for (var i = 0; i < _probabilities.Length; i++)
        {
            _probabilities[i] += rate * (target[i] - moved * _probabilities[i]);
        }

        KeepMargin((1 - PortableMath.Exp(Log073 / choices)) / Math.Max(DegreesOfFreedom, 1));
    }

    // The smallest probability of an option whose prior is positive (CatCMA, section 4.3).
    private void KeepMargin(double least)
    {
        double sum = 0;
        for (var i = 0; i < _probabilities.Length; i++)
        {
            _probabilities[i] = _prior[i] > 0 ? Math.Max(_probabilities[i], least) : 0;
            sum += _probabilities[i];
        }

        for (var i = 0; i < _probabilities.Length; i++)
        {
            _probabilities[i] /= sum;
        }
    }
}
