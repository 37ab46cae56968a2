using LogMl.Optimization.Distributions;
using LogMl.Optimization.Grid;

namespace LogMl.Optimization.Points;

/// <summary>
/// The number of different points of a conditional space: the product over its parameters, where an option counts as the number of points
/// of its branch.
/// </summary>
/// <remarks>Numbers above 2^63 - 2 count as infinite.</remarks>
internal sealed class SpaceSize
{
    public const long Infinite = long.MaxValue;

    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly long[] _sizes;

    /// <summary>Counts the points of a space.</summary>
    /// <param name="parameters">The flat space.</param>
    /// <param name="fixedValues">The fixed values of the study, NaN for parameters that are free.</param>
    public SpaceSize(IReadOnlyList<Parameter> parameters, ParameterValues fixedValues)
    {
        _parameters = parameters;
        _sizes = new long[parameters.Count];
        var branches = new long[parameters.Count][];
        Total = 1;
        for (var i = parameters.Count - 1; i >= 0; i--)
        {
            // Children come after their parent, so its branches have been counted by now.
            _sizes[i] = SizeOf(parameters[i].Distribution, branches[i], fixedValues[i]);
            if (parameters[i].Parent is not { } parent)
            {
                Total = SaturatingProduct(Total, _sizes[i]);
                continue;
            }

            var siblings = branches[parent.Index] ??= Ones(parent);
            siblings[parameters[i].ParentOption] = SaturatingProduct(siblings[parameters[i].ParentOption], _sizes[i]);
        }
    }

    /// <summary>The number of points.</summary>
    public long Total { get; }

    /// <summary>The number of points that agree with a point in the parameters up to an index.</summary>
    public long Remaining(ParameterValues point, int index)
    {
        long product = 1;
        for (var j = index + 1; j < _sizes.Length; j++)
        {
            // The size of a parent includes its branches, so a parameter whose parent comes after the index is not counted again.
            if (_parameters[j].Parent is not { } parent || (parent.Index <= index && point[parent.Index] == _parameters[j].ParentOption))
            {
                product = SaturatingProduct(product, _sizes[j]);
            }
        }

        return product;
    }

    private static long SizeOf(Distribution distribution, long[]? branches, double fixedValue)
    {
        if (!double.IsNaN(fixedValue))
        {
            return branches is null ? 1 : branches[(int)fixedValue];
        }

        switch (distribution)
        {
            case ChoiceDistribution choice:
                long sum = 0;
                for (var option = 0; option < choice.Options.Count; option++)
                {
                    sum = choice.Probabilities[option] > 0 ? SaturatingSum(sum, branches?[option] ?? 1) : sum;
                }

                return sum;
            case NumericDistribution { IsBounded: true, Quantum: { } q } number when GridValues.Multiples(number, q).Count < Infinite:
                return (long)GridValues.Multiples(number, q).Count;
            default:
                return Infinite;
        }
    }

    private static long[] Ones(Parameter choice)
    {
        var ones = new long[((ChoiceDistribution)choice.Distribution).Options.Count];
        Array.Fill(ones, 1);
        return ones;
    }

    private static long SaturatingProduct(long a, long b) => (long)UInt128.Min((UInt128)a * (UInt128)b, (UInt128)Infinite);

    private static long SaturatingSum(long a, long b) => (long)UInt128.Min((UInt128)a + (UInt128)b, (UInt128)Infinite);
}
