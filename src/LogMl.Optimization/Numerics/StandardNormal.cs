using MathNet.Numerics;

namespace LogMl.Optimization.Numerics;

/// <summary>
/// The standard normal distribution: its cumulative distribution function, probabilities of intervals, quantiles, and truncated draws.
/// </summary>
internal static class StandardNormal
{
    /// <summary>ln sqrt(2 pi).</summary>
    public const double LogSqrtTwoPi = 0.91893853320467274178;

    private const double SqrtTwoPi = 2.50662827463100050242;
    private const double RationalLimit = 5;
    private const int ContinuedFractionDepth = 20;
    private const double ZeroLimit = 38.5;

    // The tail beyond this is less than half of the last bit of 0.5, so that adding or subtracting it changes nothing.
    private const double Saturation = 8.3;

    // For an interval narrower than this, the density at its middle times its width approximates the probability (relative error h^2 m^2 /
    // 24). The difference of two nearly equal probabilities would be less accurate, and could be negative by rounding.
    private const double NarrowInterval = 1e-5;

    // Hart et al., "Computer Approximations" (1968), formula 5666, in the form of G. West, "Better approximations to cumulative normal
    // functions", Wilmott (2005). Used up to 5, where its relative error in the tail has grown to 5e-11.
    private static readonly double[] HartNumerator =
    [
        220.206867912376, 221.213596169931, 112.079291497871, 33.912866078383, 6.37396220353165, 0.700383064443688, 3.52624965998911e-2,
    ];

    private static readonly double[] HartDenominator =
    [
        440.413735824752, 793.826512519948, 637.333633378831, 296.564248779674, 86.7807322029461, 16.064177579207, 1.75566716318264,
        8.83883476483184e-2,
    ];

    /// <summary>P(Z &lt;= z), with a small relative error in the lower tail.</summary>
    public static double Cdf(double z) => z <= 0 ? Tail(-z) : z > Saturation ? 1 : 1 - Tail(z);

    /// <summary>
    /// P(a &lt;= Z &lt; b). In the upper tail it computes with the mirrored lower tail, where differences keep their digits.
    /// </summary>
    public static double Mass(double a, double b)
    {
        if (!(a < b))
        {
            return 0;
        }

        if (b - a < NarrowInterval)
        {
            var middle = a + (b - a) / 2;
            return (b - a) * PortableMath.Exp(-middle * middle / 2) / SqrtTwoPi;
        }

        if (a > 0)
        {
            return Tail(a) - Tail(b);
        }

        return b > 0 && a < -Saturation ? Cdf(b) : Cdf(b) - Tail(-a);
    }

    /// <summary>
    /// The z with P(Z &lt;= z) = <paramref name="p"/>, 0 &lt; p &lt; 1. Wichura, "Algorithm AS 241: the percentage points of the normal
    /// distribution", Applied Statistics 37 (1988), routine PPND16: about 16 digits.
    /// </summary>
    public static double InverseCdf(double p)
    {
        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var r = 0.180625 - q * q;
            return q * Polynomial.Evaluate(r, Wichura.A) / Polynomial.Evaluate(r, Wichura.B);
        }

        var tail = Math.Sqrt(-PortableMath.Log(q < 0 ? p : 1 - p));
        var z = tail <= 5
            ? Polynomial.Evaluate(tail - 1.6, Wichura.C) / Polynomial.Evaluate(tail - 1.6, Wichura.D)
            : Polynomial.Evaluate(tail - 5, Wichura.E) / Polynomial.Evaluate(tail - 5, Wichura.F);
        return q < 0 ? -z : z;
    }

    /// <summary>
    /// A draw of Z given a &lt;= Z &lt; b, by inversion. It takes one random number for any interval, where rejection sampling would
    /// practically never end far out in a tail.
    /// </summary>
    public static double DrawBetween(double a, double b, RandomStream random)
    {
        // Probabilities are more accurate in the lower tail.
        if (a > 0)
        {
            return -DrawBetween(-b, -a, random);
        }

        var below = Cdf(a);
        var p = Math.Clamp(below + random.NextOpenDouble() * Mass(a, b), double.Epsilon, 1 - 1.0 / (1L << 53));
        return Math.Clamp(InverseCdf(p), a, b);
    }

    /// <summary>A draw of Z.</summary>
    public static double Draw(RandomStream random) => InverseCdf(random.NextOpenDouble());

    /// <summary>Mills' ratio P(Z > z) / phi(z), phi being the density, for z >= 0.</summary>
    public static double Mills(double z)
    {
        if (z < RationalLimit)
        {
            return SqrtTwoPi * Polynomial.Evaluate(z, HartNumerator) / Polynomial.Evaluate(z, HartDenominator);
        }

        return 1 / TailFraction(z);
    }

    // P(Z > z) = P(Z < -z), for z >= 0.
    private static double Tail(double z)
    {
        if (!(z < ZeroLimit))
        {
            return 0;
        }

        var exponential = PortableMath.Exp(-z * z / 2);
        return z < RationalLimit
            ? exponential * Polynomial.Evaluate(z, HartNumerator) / Polynomial.Evaluate(z, HartDenominator)
            : exponential / (TailFraction(z) * SqrtTwoPi);
    }

    // Laplace's continued fraction z + 1/(z + 2/(z + ...)). For z of at least 5, this depth leaves an error of 1e-15.
    private static double TailFraction(double z)
    {
        var fraction = z;
        for (var k = ContinuedFractionDepth; k > 0; k--)
        {
            fraction = z + k / fraction;
        }

        return fraction;
    }

    private static class Wichura
    {
        public static readonly double[] A =
        [
            3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
            45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
        ];

        public static readonly double[] B =
        [
            1, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077,
            21213.794301586595867, 39307.895800092710610, 28729.085735721942674, 5226.4952788528545610,
        ];

        public static readonly double[] C =
        [
            1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
            1.27045825245236838258, 0.241780725177450611770, 0.0227238449892691845833, 7.74545014278341407640e-4,
        ];

        public static readonly double[] D =
        [
            1, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550,
            0.148103976427480074590, 0.0151986665636164571966, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
        ];

        public static readonly double[] E =
        [
            6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 0.296560571828504891230,
            0.0265321895265761230930, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
        ];

        public static readonly double[] F =
        [
            1, 0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525,
            7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
        ];
    }
}
