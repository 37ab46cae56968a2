using System.Runtime.Intrinsics;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// The Matern kernel of smoothness 5/2 with automatic relevance determination:
/// k = s (1 + a + a^2/3) exp(-a), a = sqrt(5 r^2), r^2 = sum of w_d (x_d - x'_d)^2 (C. Rasmussen, C. Williams, "Gaussian processes for
/// machine learning", 2006, eq. 4.17 and 5.1).
/// </summary>
/// <remarks>Two options of a choice are at distance 1 from each other: they are corners of a simplex, so the kernel stays positive
/// definite.</remarks>
internal sealed class MaternKernel(bool[] isChoice, double[] weights, double variance)
{
    /// <summary>The weight of each feature: 1 over the square of its length scale.</summary>
    public double[] Weights => weights;

    /// <summary>The variance s of the process.</summary>
    public double Variance => variance;

    /// <summary>The squared distances r^2 of a row from the first of the points.</summary>
    /// <param name="columns">The points by feature; padded.</param>
    /// <param name="row">The features of the row.</param>
    /// <param name="squares">Gets the distances; its length is a multiple of the lanes.</param>
    public void SquaredDistances(double[][] columns, ReadOnlySpan<double> row, Span<double> squares)
    {
        squares.Clear();
        for (int d = 0; d < weights.Length; d++)
        {
            AddSquares(columns[d], row[d], isChoice[d], weights[d], squares);
        }
    }

    /// <summary>Adds weight * (difference of a feature)^2.</summary>
    public static void AddSquares(ReadOnlySpan<double> column, double value, bool isChoice, double weight, Span<double> squares)
    {
        Vector256<double> x = Vector256.Create(value);
        Vector256<double> w = Vector256.Create(weight);
        for (int i = 0; i < squares.Length; i += VectorMath.Lanes)
        {
            Vector256<double> difference = VectorMath.Load(column, i) - x;
            Vector256<double> square = isChoice
                ? Vector256.ConditionalSelect(Vector256.Equals(difference, Vector256<double>.Zero), Vector256<double>.Zero, w)
                : w * difference * difference;
            (VectorMath.Load(squares, i) + square).CopyTo(squares[i..]);
        }
    }

    /// <summary>From squared distances to covariances, in place.</summary>
    /// <param name="squares">The squared distances r^2; its length is a multiple of the lanes.</param>
    /// <param name="slopes">Gets the derivatives of the covariance by r^2; may be empty.</param>
    public void Covariances(Span<double> squares, Span<double> slopes)
    {
        Vector256<double> s = Vector256.Create(variance);
        for (int i = 0; i < squares.Length; i += VectorMath.Lanes)
        {
            Vector256<double> aa = VectorMath.Load(squares, i) * Vector256.Create(5.0);
            Vector256<double> a = Vector256.Sqrt(aa);
            Vector256<double> e = s * VectorMath.Exp(-a);
            (e * (Vector256<double>.One + a + aa * Vector256.Create(1.0 / 3))).CopyTo(squares[i..]);
            if (!slopes.IsEmpty)
            {
                (e * (Vector256<double>.One + a) * Vector256.Create(-5.0 / 6)).CopyTo(slopes[i..]);
            }
        }
    }
}
