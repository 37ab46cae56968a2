using LogMl.Optimization.Distributions;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Importance;

/// <summary>
/// A regression tree over a bootstrap sample of a table (L. Breiman et al., "Classification and regression trees", 1984): each split is the
/// one with the smallest remaining sum of squares. Trials without the parameter of a split go left.
/// </summary>
internal sealed class RegressionTree
{
    private readonly TrialTable _table;
    private readonly int _minLeaf;
    private readonly double[] _keys;

    /// <summary>Grows a tree.</summary>
    /// <param name="table">The trials.</param>
    /// <param name="minLeaf">The smallest number of rows in a leaf.</param>
    /// <param name="random">The random numbers of the bootstrap sample.</param>
    public RegressionTree(TrialTable table, int minLeaf, RandomStream random)
    {
        _table = table;
        _minLeaf = minLeaf;
        var rows = new int[table.Count];
        _keys = new double[table.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = (int)random.NextBelow((ulong)table.Count);
        }

        Root = Grow(rows);
    }

    public Node Root { get; }

    private Node Grow(Span<int> rows)
    {
        double sum = 0;
        foreach (var row in rows)
        {
            sum += _table.Losses[row];
        }

        var mean = sum / rows.Length;
        if (rows.Length < 2 * _minLeaf || BestSplit(rows, mean) is not { } split)
        {
            return new Leaf(mean);
        }

        var left = Partition(rows, split);
        split.Left = Grow(rows[..left]);
        split.Right = Grow(rows[left..]);
        return split;
    }

    // Least squares: the split with the largest sum, over both sides, of n (mean of the side - mean)^2.
    private Split? BestSplit(Span<int> rows, double mean)
    {
        Split? best = null;
        double bestGain = 0;
        var keys = _keys.AsSpan(0, rows.Length);
        for (var p = 0; p < _table.Parameters.Count; p++)
        {
            var optionMeans = _table.Parameters[p].Distribution is ChoiceDistribution choice
                ? OptionMeans(p, choice.Options.Count, rows, mean)
                : null;
            var column = _table[p];
            for (var i = 0; i < rows.Length; i++)
            {
                var value = column[rows[i]];
                keys[i] = double.IsNaN(value) ? double.NegativeInfinity : optionMeans is null ? value : optionMeans[(int)value];
            }

            keys.Sort(rows);
            double left = 0;
            for (var i = 1; i < rows.Length; i++)
            {
                left += _table.Losses[rows[i - 1]] - mean;
                if (keys[i - 1] == keys[i] || i < _minLeaf || rows.Length - i < _minLeaf)
                {
                    continue;
                }

                var gain = left * left / i + left * left / (rows.Length - i);
                if (gain > bestGain)
                {
                    bestGain = gain;
                    best = new Split(p, keys[i - 1], keys[i], optionMeans);
                }
            }
        }

        return best;
    }

    // If the options are sorted by their mean loss, the best partition into two sets is one that cuts this order (Breiman et al., section
    // 9.4).
    private double[] OptionMeans(int parameter, int options, Span<int> rows, double mean)
    {
        var sums = new double[options];
        var counts = new int[options];
        var column = _table[parameter];
        foreach (var row in rows)
        {
            if (!double.IsNaN(column[row]))
            {
                sums[(int)column[row]] += _table.Losses[row];
                counts[(int)column[row]]++;
            }
        }

        for (var i = 0; i < options; i++)
        {
            sums[i] = counts[i] == 0 ? mean : sums[i] / counts[i];
        }

        return sums;
    }

    private int Partition(Span<int> rows, Split split)
    {
        var column = _table[split.Parameter];
        var left = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            if (split.GoesLeft(column[rows[i]]))
            {
                (rows[left], rows[i]) = (rows[i], rows[left]);
                left++;
            }
        }

        return left;
    }

    internal abstract class Node;

    internal sealed class Leaf(double value) : Node
    {
        public double Value { get; } = value;
    }

    /// <summary>A split of the numbers of a parameter at a threshold, or of the options of a choice into two sets.</summary>
    internal sealed class Split : Node
    {
        public Split(int parameter, double lastLeft, double firstRight, double[]? optionMeans)
        {
            Parameter = parameter;
            if (optionMeans is not null)
            {
                LeftOptions = Array.ConvertAll(optionMeans, mean => mean <= lastLeft);
            }

            // If only trials without the parameter go left, the threshold is -infinity. Between neighbouring doubles, the middle may round
            // to the upper one, which must not go left.
            var middle = lastLeft + (firstRight - lastLeft) / 2;
            Threshold = double.IsNegativeInfinity(lastLeft) || middle >= firstRight ? lastLeft : middle;
        }

        public int Parameter { get; }

        /// <summary>Numbers up to the threshold go left. Not used for a choice.</summary>
        public double Threshold { get; }

        /// <summary>For each option, whether it goes left; null for a number.</summary>
        public bool[]? LeftOptions { get; }

        public Node Left { get; set; } = null!;

        public Node Right { get; set; } = null!;

        public bool GoesLeft(double value) =>
            double.IsNaN(value) || (LeftOptions is { } options ? options[(int)value] : value <= Threshold);
    }
}
