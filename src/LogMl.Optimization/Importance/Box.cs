using LogMl.Optimization.Distributions;

namespace LogMl.Optimization.Importance;

/// <summary>
/// The part of a conditional search space that belongs to one leaf of a tree. For each parameter it has an interval of quantiles or a set
/// of options, and whether it has points in which the parameter does not exist.
/// </summary>
internal sealed class Box
{
    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly double[] _low;
    private readonly double[] _high;
    private readonly bool[]?[] _options;
    private readonly bool[] _mayBeAbsent;

    /// <summary>Creates the box of the whole space.</summary>
    public Box(IReadOnlyList<Parameter> parameters)
    {
        _parameters = parameters;
        _low = new double[parameters.Count];
        _high = new double[parameters.Count];
        _options = new bool[]?[parameters.Count];
        _mayBeAbsent = new bool[parameters.Count];
        Array.Fill(_high, 1);
        Array.Fill(_mayBeAbsent, true);
        for (var i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].Distribution is ChoiceDistribution choice)
            {
                _options[i] = new bool[choice.Options.Count];
                Array.Fill(_options[i]!, true);
            }
        }
    }

    private Box(Box other)
    {
        _parameters = other._parameters;
        _low = [.. other._low];
        _high = [.. other._high];
        _options = [.. other._options];
        _mayBeAbsent = [.. other._mayBeAbsent];
    }

    public double Low(int parameter) => _low[parameter];

    public double High(int parameter) => _high[parameter];

    /// <summary>The part of this box on one side of a split.</summary>
    public Box Half(RegressionTree.Split split, bool isLeft)
    {
        var half = new Box(this);
        var p = split.Parameter;
        half._mayBeAbsent[p] &= isLeft;
        if (split.LeftOptions is { } left)
        {
            half._options[p] = [.. _options[p]!.Select((isIn, option) => isIn && left[option] == isLeft)];
        }
        else if (isLeft)
        {
            half._high[p] = Math.Max(_low[p], Math.Min(_high[p], split.Threshold));
        }
        else
        {
            half._low[p] = Math.Min(_high[p], Math.Max(_low[p], split.Threshold));
        }

        return half;
    }

    /// <summary>
    /// Computes the prior probability of each parameter in the box, given that it exists. For a choice, the probability includes all
    /// parameters below it. So the probability of the box is the product over the parameters without a parent.
    /// </summary>
    public void Masses(double[] masses)
    {
        for (var i = _parameters.Count - 1; i >= 0; i--)
        {
            if (_parameters[i].Distribution is not ChoiceDistribution choice)
            {
                masses[i] = _high[i] - _low[i];
                continue;
            }

            masses[i] = 0;
            for (var option = 0; option < choice.Options.Count; option++)
            {
                masses[i] += choice.Probabilities[option] * MassOfOption(i, option, masses);
            }
        }
    }

    /// <summary>The probability of the box.</summary>
    public double Mass(double[] masses)
    {
        double product = 1;
        foreach (var parameter in _parameters)
        {
            product *= parameter.Parent is null ? masses[parameter.Index] : 1;
        }

        return product;
    }

    /// <summary>The probability of the box given that a choice takes an option.</summary>
    public double MassGivenOption(int choice, int option, double[] masses) =>
        MassWith(choice, MassOfOption(choice, option, masses), masses);

    /// <summary>The probability of the box given a number inside of its interval.</summary>
    public double MassGivenNumber(int parameter, double[] masses) => MassWith(parameter, 1, masses);

    // The probability of the box given that a parameter exists, with another probability in place of that of the parameter.
    private double MassWith(int index, double mass, double[] masses)
    {
        var parameter = _parameters[index];
        if (parameter.Parent is { } parent)
        {
            var own = masses[index];
            masses[index] = mass;
            var around = MassWith(parent.Index, MassOfOption(parent.Index, parameter.ParentOption, masses), masses);
            masses[index] = own;
            return around;
        }

        foreach (var other in _parameters)
        {
            mass *= other.Parent is null && other != parameter ? masses[other.Index] : 1;
        }

        return mass;
    }

    // Given the option, the probability that its parameters are in the box; 0 if the box needs a parameter of another option.
    private double MassOfOption(int choice, int option, double[] masses)
    {
        if (!_options[choice]![option])
        {
            return 0;
        }

        double product = 1;
        for (var i = choice + 1; i < _parameters.Count; i++)
        {
            var parameter = _parameters[i];
            if (parameter.Parent?.Index == choice)
            {
                product *= parameter.ParentOption == option ? masses[i] : MayBeAbsentWithAllBelow(i) ? 1 : 0;
            }
        }

        return product;
    }

    private bool MayBeAbsentWithAllBelow(int index) =>
        _mayBeAbsent[index] && _parameters.All(parameter => parameter.Parent?.Index != index || MayBeAbsentWithAllBelow(parameter.Index));
}
