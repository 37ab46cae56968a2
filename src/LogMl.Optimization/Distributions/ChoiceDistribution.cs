using System.Collections.ObjectModel;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Distributions;

/// <summary>
/// A choice among options: hyperopt's choice (all options are equally likely) and pchoice (each option has its probability).
/// </summary>
public sealed class ChoiceDistribution : Distribution, ICategorical
{
    private readonly double[] _probabilities;

    internal ChoiceDistribution(string name, object?[] options, double[] probabilities)
        : base(name)
    {
        if (options.Length == 0)
        {
            throw new ArgumentException($"{name} needs at least one option.", nameof(options));
        }

        RequireProbabilities(name, probabilities);
        _probabilities = probabilities;
        Probabilities = new(probabilities);
        Branches = new(Array.ConvertAll(options, o => o as Branch));
        Options = new(Array.ConvertAll(options, o => o is Branch branch ? branch.Value : o));
        foreach (var branch in Branches)
        {
            branch?.Parameters.Freeze();
        }
    }

    /// <summary>The options. A <see cref="Branch"/> is represented by its <see cref="Branch.Value"/>.</summary>
    public ReadOnlyCollection<object?> Options { get; }

    /// <summary>The probability of each option.</summary>
    public ReadOnlyCollection<double> Probabilities { get; }

    /// <summary>The branch of each option; null for an option without parameters.</summary>
    public ReadOnlyCollection<Branch?> Branches { get; }

    /// <inheritdoc/>
    public override bool IsInteger => true;

    /// <inheritdoc/>
    public override bool IsDiscrete => true;

    /// <inheritdoc/>
    public override double Pdf(double value) =>
        throw new InvalidOperationException(
            $"{Name} has no density: its values are the indices of options. Pmf gives their probabilities.");

    /// <inheritdoc/>
    public override double Pmf(double value) => Contains(value) ? _probabilities[(int)value] : 0;

    /// <inheritdoc/>
    public override double Cdf(double value)
    {
        if (double.IsNaN(value) || value < 0)
        {
            return value < 0 ? 0 : double.NaN;
        }

        // The last option gets the remainder that rounding leaves.
        return value >= _probabilities.Length - 1 ? 1 : Math.Min(1, _probabilities.Take((int)value + 1).Sum());
    }

    private protected override double ComputeQuantile(double p)
    {
        var index = Array.FindIndex(_probabilities, probability => probability > 0);
        var last = Array.FindLastIndex(_probabilities, probability => probability > 0);
        while (index < last && Cdf(index) < p)
        {
            index++;
        }

        return index;
    }

    double ICategorical.Count => _probabilities.Length;

    /// <inheritdoc/>
    public override bool Contains(double value) => value >= 0 && value < _probabilities.Length && Math.Floor(value) == value;

    /// <summary>The index of the first option that equals a value.</summary>
    internal int IndexOf(string name, object? option)
    {
        var index = Options.IndexOf(option);
        return index >= 0
            ? index
            : throw new ArgumentException(
                Require.Text($"Parameter '{name}' has no option {option ?? "null"}; ")
                + $"it has {string.Join(", ", Options.Select(o => o ?? "null"))}.",
                nameof(option));
    }

    internal override double Draw(RandomStream random) => FromUnit(random.NextDouble());

    internal override double FromUnit(double u)
    {
        var last = 0;
        for (var i = 0; i < _probabilities.Length; i++)
        {
            if (_probabilities[i] <= 0)
            {
                continue;
            }

            last = i;
            u -= _probabilities[i];
            if (u < 0)
            {
                break;
            }
        }

        // The last option with a positive probability gets the remainder that rounding leaves.
        return last;
    }

    internal static double[] EqualProbabilities(int count)
    {
        var result = new double[count];
        Array.Fill(result, 1.0 / count);
        return result;
    }

    private static void RequireProbabilities(string name, double[] probabilities)
    {
        double sum = 0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            var p = probabilities[i];
            if (!(p >= 0 && p <= 1))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(probabilities), Require.Text($"A probability of {name} must be in [0, 1]; that of option {i} is {p}."));
            }

            sum += p;
        }

        if (Math.Abs(sum - 1) > Shared.Probabilities.SumTolerance)
        {
            throw new ArgumentException(
                Require.Text($"The probabilities of {name} must sum to 1; they sum to {sum}."), nameof(probabilities));
        }
    }
}
