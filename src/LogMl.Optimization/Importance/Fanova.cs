using LogMl.Optimization.Distributions;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Importance;

/// <summary>
/// The variance that each parameter explains by itself (Hutter, Hoos, Leyton-Brown 2014, algorithm 2). It is the variance of the marginal
/// prediction f_p(x): the mean of the predicted loss over all other parameters when parameter p has the value x. A tree is constant on
/// boxes, so its marginals are step functions.
/// </summary>
/// <remarks>
/// For a parameter of a branch, f_p is the mean over the points that have the parameter, and its variance is multiplied by the prior
/// probability of the branch: E[1{p exists} (f_p(X_p) - E[f_p])^2]. Without branches this is the published definition.
/// </remarks>
internal sealed class Fanova(TrialTable table, FanovaOptions options)
{
    private readonly double[] _masses = new double[table.Parameters.Count];

    /// <summary>For each parameter, its share of the variance. Both variances are sums over all trees.</summary>
    public double[] Importances()
    {
        var explained = new double[table.Parameters.Count];
        double total = 0;
        for (var t = 0; t < options.Trees; t++)
        {
            var leaves = new List<(Box Box, double Value)>();
            Collect(new RegressionTree(table, options.MinLeaf, new RandomStream(options.Seed, t)).Root, new Box(table.Parameters), leaves);
            total += TotalVariance(leaves);
            foreach (var parameter in table.Parameters)
            {
                explained[parameter.Index] += ExistenceProbability(parameter) * (parameter.Distribution is ChoiceDistribution choice
                    ? VarianceOfChoice(parameter.Index, choice, leaves)
                    : VarianceOfNumber(parameter.Index, leaves));
            }
        }

        return Array.ConvertAll(explained, variance => total > 0 ? Math.Clamp(variance / total, 0, 1) : 0);
    }

    private static void Collect(RegressionTree.Node node, Box box, List<(Box Box, double Value)> leaves)
    {
        if (node is RegressionTree.Split split)
        {
            Collect(split.Left, box.Half(split, isLeft: true), leaves);
            Collect(split.Right, box.Half(split, isLeft: false), leaves);
        }
        else
        {
            leaves.Add((box, ((RegressionTree.Leaf)node).Value));
        }
    }

    // The prior probability that a parameter exists.
    private static double ExistenceProbability(Parameter parameter) =>
        parameter.Parent is not { } parent
            ? 1
            : ExistenceProbability(parent) * ((ChoiceDistribution)parent.Distribution).Probabilities[parameter.ParentOption];

    private double TotalVariance(List<(Box Box, double Value)> leaves)
    {
        var moments = default(Moments);
        foreach ((var box, var value) in leaves)
        {
            box.Masses(_masses);
            moments.Add(box.Mass(_masses), value);
        }

        return moments.Variance;
    }

    private double VarianceOfChoice(int parameter, ChoiceDistribution choice, List<(Box Box, double Value)> leaves)
    {
        var marginals = new double[choice.Options.Count];
        foreach ((var box, var value) in leaves)
        {
            box.Masses(_masses);
            for (var option = 0; option < marginals.Length; option++)
            {
                marginals[option] += box.MassGivenOption(parameter, option, _masses) * value;
            }
        }

        var moments = default(Moments);
        for (var option = 0; option < marginals.Length; option++)
        {
            moments.Add(choice.Probabilities[option], marginals[option]);
        }

        return moments.Variance;
    }

    // Each box adds a step to the marginal, which rises at the lower end of its interval and falls at the upper end.
    private double VarianceOfNumber(int parameter, List<(Box Box, double Value)> leaves)
    {
        var steps = new List<(double At, double Rise)>(2 * leaves.Count);
        foreach ((var box, var value) in leaves)
        {
            box.Masses(_masses);
            var height = box.MassGivenNumber(parameter, _masses) * value;
            steps.Add((box.Low(parameter), height));
            steps.Add((box.High(parameter), -height));
        }

        steps.Sort();
        var moments = default(Moments);
        double marginal = 0;
        double last = 0;
        foreach ((var at, var rise) in steps)
        {
            moments.Add(at - last, marginal);
            marginal += rise;
            last = at;
        }

        return moments.Variance;
    }

    /// <summary>A weighted mean and variance.</summary>
    private struct Moments
    {
        private double _weight;
        private double _mean;
        private double _squares;

        public readonly double Variance => _weight > 0 ? Math.Max(_squares / _weight, 0) : 0;

        // West, "Updating mean and variance estimates: an improved method", CACM 22 (1979).
        public void Add(double weight, double value)
        {
            if (weight > 0)
            {
                _weight += weight;
                var difference = value - _mean;
                _mean += difference * weight / _weight;
                _squares += weight * difference * (value - _mean);
            }
        }
    }
}
