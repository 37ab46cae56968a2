using System.Runtime.Intrinsics;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// The covariance of two points. Its joint part is a Matern kernel of smoothness 5/2 over all features, with automatic relevance
/// determination (C. Rasmussen, C. Williams, "Gaussian processes for machine learning", 2006, eq. 4.17 and 5.1). Its additive part has a
/// rational quadratic kernel (eq. 4.19, alpha = 2) for the separate effect of each feature (D. Duvenaud, H. Nickisch, C. Rasmussen,
/// "Additive Gaussian processes", NIPS 2011).
/// </summary>
/// <remarks>
/// <para>k = s (1 + a + a^2/3) exp(-a) + (b / D) sum of (1 + u_d (x_d - x'_d)^2 / 4)^-2, with a^2 = 5 sum of w_d (x_d - x'_d)^2.</para>
/// <para>Two different options of a choice have the distance 1, like the corners of a simplex. So the kernel stays positive
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

    public int FeatureCount => _isChoice.Length;

    public Hyperparameters Hyperparameters { get; }

    /// <summary>b / D: the variance of the effect of one feature.</summary>
    public double AdditiveShare { get; }

    /// <summary>The variance of the process at any point.</summary>
    public double Variance => Hyperparameters.Variance + AdditiveShare * _isChoice.Length;

    /// <summary>The covariances of a row with the first of the points.</summary>
    /// <param name="columns">The points: a padded column for each feature.</param>
    /// <param name="row">The features of the row.</param>
    /// <param name="joint">Receives the joint part. Its length is a multiple of <see cref="RowMath.Lanes"/>.</param>
    /// <param name="additive">Receives the additive part.</param>
    /// <param name="slopes">Receives the derivatives of the joint part by the squared distance; may be empty.</param>
    public void Covariances(double[][] columns, ReadOnlySpan<double> row, Span<double> joint, Span<double> additive, Span<double> slopes)
    {
        joint.Clear();
        additive.Clear();
        var one = Vector512<double>.One;
        for (var d = 0; d < row.Length; d++)
        {
            var x = Vector512.Create(row[d]);
            var w = Vector512.Create(Hyperparameters.Weights[d]);
            var u = Vector512.Create(Hyperparameters.AdditiveWeights[d] / 4);
            ReadOnlySpan<double> column = columns[d];
            for (var i = 0; i < joint.Length; i += RowMath.Lanes)
            {
                var square = Square(RowMath.Load(column, i) - x, _isChoice[d]);
                (RowMath.Load(joint, i) + w * square).CopyTo(joint[i..]);
                var base2 = one + u * square;
                (RowMath.Load(additive, i) + one / (base2 * base2)).CopyTo(additive[i..]);
            }
        }

        var s = Vector512.Create(Hyperparameters.Variance);
        var share = Vector512.Create(AdditiveShare);
        for (var i = 0; i < joint.Length; i += RowMath.Lanes)
        {
            var aa = RowMath.Load(joint, i) * Vector512.Create(5.0);
            var a = Vector512.Sqrt(aa);
            var e = s * VectorMath.Exp(-a);
            (e * (one + a + aa * Vector512.Create(1.0 / 3))).CopyTo(joint[i..]);
            (RowMath.Load(additive, i) * share).CopyTo(additive[i..]);
            if (!slopes.IsEmpty)
            {
                (e * (one + a) * Vector512.Create(-5.0 / 6)).CopyTo(slopes[i..]);
            }
        }
    }

    /// <summary>
    /// For one feature, the sums over the points of c_i times the derivative of the covariance with point i: by the logarithm of the joint
    /// weight, and by the logarithm of the additive weight.
    /// </summary>
    public (double ByWeight, double ByAdditiveWeight) WeightSlopes(
        int feature, ReadOnlySpan<double> column, double x, ReadOnlySpan<double> factors, ReadOnlySpan<double> slopes)
    {
        Vector512<double> at = Vector512.Create(x), one = Vector512<double>.One;
        var w = Vector512.Create(Hyperparameters.Weights[feature]);
        var u = Vector512.Create(Hyperparameters.AdditiveWeights[feature] / 4);
        Vector512<double> byWeight = Vector512<double>.Zero, byAdditive = Vector512<double>.Zero;
        for (var i = 0; i < factors.Length; i += RowMath.Lanes)
        {
            var square = Square(RowMath.Load(column, i) - at, _isChoice[feature]);
            var c = RowMath.Load(factors, i);
            byWeight += c * RowMath.Load(slopes, i) * w * square;
            var t = u * square;
            var base1 = one + t;
            byAdditive += c * t / (base1 * base1 * base1);
        }

        return (RowMath.Sum(byWeight), -2 * AdditiveShare * RowMath.Sum(byAdditive));
    }

    /// <summary>
    /// For one numeric feature, the sums over the points of c_i, and of c'_i, times the derivative of the covariance with point i by that
    /// feature of the row.
    /// </summary>
    public (double First, double Second) FeatureSlopes(
        int feature, ReadOnlySpan<double> column, double x,
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> slopes)
    {
        Vector512<double> at = Vector512.Create(x), one = Vector512<double>.One;
        var w = Vector512.Create(2 * Hyperparameters.Weights[feature]);
        var u = Vector512.Create(Hyperparameters.AdditiveWeights[feature] / 4);
        var share = Vector512.Create(-Hyperparameters.AdditiveWeights[feature] * AdditiveShare);
        Vector512<double> sum1 = Vector512<double>.Zero, sum2 = Vector512<double>.Zero;
        for (var i = 0; i < first.Length; i += RowMath.Lanes)
        {
            var difference = at - RowMath.Load(column, i);
            var base1 = one + u * difference * difference;
            var slope = difference * (w * RowMath.Load(slopes, i) + share / (base1 * base1 * base1));
            sum1 += slope * RowMath.Load(first, i);
            sum2 += slope * RowMath.Load(second, i);
        }

        return (RowMath.Sum(sum1), RowMath.Sum(sum2));
    }

    private static Vector512<double> Square(Vector512<double> difference, bool isChoice) => isChoice
        ? Vector512.ConditionalSelect(
            Vector512.Equals(difference, Vector512<double>.Zero), Vector512<double>.Zero, Vector512<double>.One)
        : difference * difference;
}
