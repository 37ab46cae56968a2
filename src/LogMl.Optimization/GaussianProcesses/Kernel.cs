using System.Runtime.Intrinsics;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// The covariance of two points: a Matern kernel of smoothness 5/2 over all features, with automatic relevance determination (C.
/// Rasmussen, C. Williams, "Gaussian processes for machine learning", 2006, eq. 4.17 and 5.1), and for each feature a rational quadratic
/// one (eq. 4.19, alpha = 2) for its own effect, whatever the others are (D. Duvenaud, H. Nickisch, C. Rasmussen, "Additive Gaussian
/// processes", NIPS 2011).
/// </summary>
/// <remarks>
/// <para>k = s (1 + a + a^2/3) exp(-a) + (b / D) sum of (1 + u_d (x_d - x'_d)^2 / 4)^-2, with a^2 = 5 sum of w_d (x_d - x'_d)^2.</para>
/// <para>Two options of a choice are at distance 1 from each other: they are corners of a simplex, so the kernel stays positive
/// definite.</para>
/// </remarks>
internal sealed class Kernel
{
    private readonly bool[] _isChoice;

    public Kernel(bool[] isChoice, Hyperparameters hyperparameters)
    {
        _isChoice = isChoice;
        Hyperparameters = hyperparameters;
        AdditiveShare = hyperparameters.AdditiveVariance / Math.Max(1, isChoice.Length);
    }

    public Hyperparameters Hyperparameters { get; }

    /// <summary>b / D: the variance of the effect of one feature.</summary>
    public double AdditiveShare { get; }

    /// <summary>The variance of the process at any point.</summary>
    public double Variance => Hyperparameters.Variance + AdditiveShare * _isChoice.Length;

    /// <summary>The covariances of a row with the first of the points.</summary>
    /// <param name="columns">The points by feature; padded.</param>
    /// <param name="row">The features of the row.</param>
    /// <param name="joint">Gets the part of the Matern kernel; its length is a multiple of the lanes.</param>
    /// <param name="additive">Gets the part of the single features.</param>
    /// <param name="slopes">Gets the derivatives of the joint part by the squared distance; may be empty.</param>
    public void Covariances(double[][] columns, ReadOnlySpan<double> row, Span<double> joint, Span<double> additive, Span<double> slopes)
    {
        joint.Clear();
        additive.Clear();
        Vector256<double> one = Vector256<double>.One;
        for (int d = 0; d < row.Length; d++)
        {
            Vector256<double> x = Vector256.Create(row[d]);
            Vector256<double> w = Vector256.Create(Hyperparameters.Weights[d]);
            Vector256<double> u = Vector256.Create(Hyperparameters.AdditiveWeights[d] / 4);
            ReadOnlySpan<double> column = columns[d];
            for (int i = 0; i < joint.Length; i += VectorMath.Lanes)
            {
                Vector256<double> square = Square(VectorMath.Load(column, i) - x, _isChoice[d]);
                (VectorMath.Load(joint, i) + w * square).CopyTo(joint[i..]);
                Vector256<double> base2 = one + u * square;
                (VectorMath.Load(additive, i) + one / (base2 * base2)).CopyTo(additive[i..]);
            }
        }

        Vector256<double> s = Vector256.Create(Hyperparameters.Variance);
        Vector256<double> share = Vector256.Create(AdditiveShare);
        for (int i = 0; i < joint.Length; i += VectorMath.Lanes)
        {
            Vector256<double> aa = VectorMath.Load(joint, i) * Vector256.Create(5.0);
            Vector256<double> a = Vector256.Sqrt(aa);
            Vector256<double> e = s * VectorMath.Exp(-a);
            (e * (one + a + aa * Vector256.Create(1.0 / 3))).CopyTo(joint[i..]);
            (VectorMath.Load(additive, i) * share).CopyTo(additive[i..]);
            if (!slopes.IsEmpty)
            {
                (e * (one + a) * Vector256.Create(-5.0 / 6)).CopyTo(slopes[i..]);
            }
        }
    }

    /// <summary>
    /// For one feature the sums over points of c_i times the derivative of the covariance with point i, by the logarithm of the joint
    /// weight and by that of the additive one.
    /// </summary>
    public (double ByWeight, double ByAdditiveWeight) WeightSlopes(
        int feature, ReadOnlySpan<double> column, double x, ReadOnlySpan<double> factors, ReadOnlySpan<double> slopes)
    {
        Vector256<double> at = Vector256.Create(x), one = Vector256<double>.One;
        Vector256<double> w = Vector256.Create(Hyperparameters.Weights[feature]);
        Vector256<double> u = Vector256.Create(Hyperparameters.AdditiveWeights[feature] / 4);
        Vector256<double> byWeight = Vector256<double>.Zero, byAdditive = Vector256<double>.Zero;
        for (int i = 0; i < factors.Length; i += VectorMath.Lanes)
        {
            Vector256<double> square = Square(VectorMath.Load(column, i) - at, _isChoice[feature]);
            Vector256<double> c = VectorMath.Load(factors, i);
            byWeight += c * VectorMath.Load(slopes, i) * w * square;
            Vector256<double> t = u * square;
            Vector256<double> base1 = one + t;
            byAdditive += c * t / (base1 * base1 * base1);
        }

        return (VectorMath.Sum(byWeight), -2 * AdditiveShare * VectorMath.Sum(byAdditive));
    }

    /// <summary>
    /// For one number the sums over points of c_i and of c'_i times the derivative of the covariance by that number of the row.
    /// </summary>
    public (double First, double Second) PlaceSlopes(
        int feature, ReadOnlySpan<double> column, double x, ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> slopes)
    {
        Vector256<double> at = Vector256.Create(x), one = Vector256<double>.One;
        Vector256<double> w = Vector256.Create(2 * Hyperparameters.Weights[feature]);
        Vector256<double> u = Vector256.Create(Hyperparameters.AdditiveWeights[feature] / 4);
        Vector256<double> share = Vector256.Create(-Hyperparameters.AdditiveWeights[feature] * AdditiveShare);
        Vector256<double> sum1 = Vector256<double>.Zero, sum2 = Vector256<double>.Zero;
        for (int i = 0; i < first.Length; i += VectorMath.Lanes)
        {
            Vector256<double> difference = at - VectorMath.Load(column, i);
            Vector256<double> base1 = one + u * difference * difference;
            Vector256<double> slope = difference * (w * VectorMath.Load(slopes, i) + share / (base1 * base1 * base1));
            sum1 += slope * VectorMath.Load(first, i);
            sum2 += slope * VectorMath.Load(second, i);
        }

        return (VectorMath.Sum(sum1), VectorMath.Sum(sum2));
    }

    private static Vector256<double> Square(Vector256<double> difference, bool isChoice) => isChoice
        ? Vector256.ConditionalSelect(
            Vector256.Equals(difference, Vector256<double>.Zero), Vector256<double>.Zero, Vector256<double>.One)
        : difference * difference;
}
