using LogMl.Optimization.Distributions;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization;

/// <summary>
/// The values of a parameter and their prior probabilities. The twelve distributions are those of hyperopt 0.3.0 (<c>hp.uniform</c> and so
/// on), with the same arguments and the same distribution of the draws.
/// </summary>
/// <remarks>
/// <para>Every value is stored as a <see cref="double"/>: a real number, an integer (exact up to 2^53), or the index of an option.</para>
/// <para>Rounding to a multiple of q is half to even, as in hyperopt. A quantized distribution draws first and then rounds. So its values
/// may lie up to q/2 outside of the bounds, and the outermost multiples have a lower probability than the others.</para>
/// <para>Distributions are immutable.</para>
/// </remarks>
public abstract class Distribution
{
    private protected Distribution(string name)
    {
        Name = name;
    }

    /// <summary>
    /// The name of the distribution in hyperopt and in the YAML: <c>uniform</c>, <c>loguniform</c>, <c>randint</c> and so on.
    /// </summary>
    public string Name { get; }

    /// <summary>True if every value is an integer: randint, uniformint, and the option indices of choice and pchoice.</summary>
    public abstract bool IsInteger { get; }

    /// <summary>
    /// Whether a number is a value of the distribution. For choice and pchoice, the values are the indices of the options. The values of a
    /// continuous distribution include both bounds: the prior never draws the upper one, but a trial may have it.
    /// </summary>
    /// <param name="value">Any number. One that is not finite is never a value.</param>
    /// <returns>True if the number is in the support of the distribution and, for a quantized one, a multiple of q.</returns>
    public abstract bool Contains(double value);

    /// <summary>
    /// The value that a number stands for: the number itself, or the value from which it differs only by rounding, as 3 * 0.1 differs from
    /// 0.3.
    /// </summary>
    /// <param name="number">The number.</param>
    /// <returns>A value that the distribution contains; null if none is that close.</returns>
    public double? ValueOf(double number) => Contains(number) ? number : FindNear(number);

    /// <summary>
    /// The value from which a number differs only by rounding; null if there is none. It is called for numbers that are not values
    /// themselves.
    /// </summary>
    private protected virtual double? FindNear(double number) => null;

    /// <summary>
    /// True if each value has a probability, <see cref="Pmf"/>; false if the distribution has a density, <see cref="Pdf"/>.
    /// </summary>
    public abstract bool IsDiscrete { get; }

    /// <summary>The probability density at a value, per unit of the value: the derivative of <see cref="Cdf"/>.</summary>
    /// <param name="value">Any number.</param>
    /// <returns>At least 0; 0 outside of the bounds; NaN for NaN.</returns>
    /// <exception cref="InvalidOperationException">The distribution is discrete and has no density.</exception>
    public abstract double Pdf(double value);

    /// <summary>The probability mass at a value. For choice and pchoice: the probability of the option with this index.</summary>
    /// <param name="value">Any number.</param>
    /// <returns>
    /// In [0, 1]. It is 0 for NaN, for a number that is not a value of the distribution, and for every number if the distribution is
    /// continuous.
    /// </returns>
    public abstract double Pmf(double value);

    /// <summary>The cumulative distribution function: the probability of a draw of at most this number.</summary>
    /// <param name="value">Any number.</param>
    /// <returns>In [0, 1]; NaN for NaN.</returns>
    public abstract double Cdf(double value);

    /// <summary>The smallest value for which <see cref="Cdf"/> is at least <paramref name="p"/>, up to rounding.</summary>
    /// <param name="p">A probability in [0, 1].</param>
    /// <returns>The value. For 0 it is the lower end of the support and for 1 the upper end; an end without a bound is infinite.</returns>
    /// <exception cref="ArgumentOutOfRangeException">p is not in [0, 1].</exception>
    public double Quantile(double p)
    {
        Require.InRange(p, 0, 1, nameof(p));
        return ComputeQuantile(p);
    }

    private protected abstract double ComputeQuantile(double p);

    /// <summary>One draw from the prior.</summary>
    internal abstract double Draw(RandomStream random);

    /// <summary>
    /// The quantile of the prior that samplers use. At the edge between two values it may return either of them, where
    /// <see cref="Quantile"/> returns the smaller one. Proposals depend on this choice to the bit, so it must not change.
    /// </summary>
    /// <param name="u">A probability in (0, 1).</param>
    internal abstract double FromUnit(double u);

    /// <summary>A real number, uniform in [low, high).</summary>
    /// <param name="low">The lower bound, included.</param>
    /// <param name="high">The upper bound, excluded; greater than <paramref name="low"/>.</param>
    /// <exception cref="ArgumentException">A bound is not finite, or low &gt;= high.</exception>
    /// <returns>The distribution.</returns>
    public static UniformDistribution Uniform(double low, double high) => new("uniform", low, high);

    /// <summary>round(u / q) * q with u uniform in [low, high).</summary>
    /// <param name="low">The lower bound of u.</param>
    /// <param name="high">The upper bound of u; greater than <paramref name="low"/>.</param>
    /// <param name="q">The distance of neighbouring values; positive.</param>
    /// <exception cref="ArgumentException">A bound is not finite, low &gt;= high, q &lt;= 0, or q too small for multiples to be
    /// exact.</exception>
    /// <returns>The distribution.</returns>
    public static UniformDistribution QUniform(double low, double high, double q) => new("quniform", low, high, q: q);

    /// <summary>
    /// round(u) with u uniform in [low, high), as an integer. Both bounds are values; as in hyperopt each of them has <b>half</b> the
    /// probability of an inner value. Use <see cref="RandInt(long, long)"/> for equal probabilities.
    /// </summary>
    /// <param name="low">The lower bound, included; at least -2^53.</param>
    /// <param name="high">The upper bound, included; greater than <paramref name="low"/>, at most 2^53.</param>
    /// <exception cref="ArgumentException">A bound is not finite or beyond 2^53, or low &gt;= high.</exception>
    /// <returns>The distribution.</returns>
    public static UniformDistribution UniformInt(double low, double high) => new("uniformint", low, high, q: 1, isInteger: true);

    /// <summary>exp(u) with u uniform in [lowLog, highLog): the logarithm of the value is uniform.</summary>
    /// <param name="lowLog">The natural <b>logarithm</b> of the lower bound.</param>
    /// <param name="highLog">The natural logarithm of the upper bound; greater than <paramref name="lowLog"/>, at most 709.</param>
    /// <exception cref="ArgumentException">A bound is not finite, lowLog &gt;= highLog, or a bound beyond ±709, whose exponential is no
    /// double.</exception>
    /// <returns>The distribution.</returns>
    public static UniformDistribution LogUniform(double lowLog, double highLog) => new("loguniform", lowLog, highLog, isLog: true);

    /// <summary>
    /// <see cref="LogUniform"/> with natural bounds: <c>LogUniformBetween(0.0001, 0.1)</c>. Its arguments are their logarithms. A value at
    /// a bound is exactly the bound, and no value is beyond it.
    /// </summary>
    /// <param name="low">The lower bound, included; positive, at least 1.3e-308.</param>
    /// <param name="high">The upper bound, excluded; greater than <paramref name="low"/>, at most 8.2e307.</param>
    /// <exception cref="ArgumentException">A bound is not positive and finite or out of its range, or low &gt;= high.</exception>
    /// <returns>The distribution.</returns>
    public static UniformDistribution LogUniformBetween(double low, double high)
    {
        Require.PositiveRange(low, high);
        return new("loguniform", WrittenBound.LowLogarithm(low), WrittenBound.HighLogarithm(high), isLog: true) { Written = (low, high) };
    }

    /// <summary>round(exp(u) / q) * q with u uniform in [lowLog, highLog).</summary>
    /// <param name="lowLog">The natural <b>logarithm</b> of the lower bound.</param>
    /// <param name="highLog">The natural logarithm of the upper bound; greater than <paramref name="lowLog"/>.</param>
    /// <param name="q">The distance of neighbouring values; positive.</param>
    /// <exception cref="ArgumentException">As for <see cref="LogUniform"/>, or q &lt;= 0, or q too small for multiples to be
    /// exact.</exception>
    /// <returns>The distribution.</returns>
    public static UniformDistribution QLogUniform(double lowLog, double highLog, double q) =>
        new("qloguniform", lowLog, highLog, isLog: true, q: q);

    /// <summary><see cref="QLogUniform"/> with natural bounds: <c>QLogUniformBetween(16, 1024, 16)</c>.</summary>
    /// <param name="low">The lower bound before rounding; positive, at least 1.3e-308.</param>
    /// <param name="high">The upper bound before rounding; greater than <paramref name="low"/>, at most 8.2e307.</param>
    /// <param name="q">The distance of neighbouring values; positive.</param>
    /// <exception cref="ArgumentException">As for <see cref="LogUniformBetween"/>, or q &lt;= 0.</exception>
    /// <returns>The distribution.</returns>
    public static UniformDistribution QLogUniformBetween(double low, double high, double q)
    {
        Require.PositiveRange(low, high);
        return new("qloguniform", WrittenBound.LowLogarithm(low), WrittenBound.HighLogarithm(high), isLog: true, q: q)
        {
            Written = (low, high),
        };
    }

    /// <summary>A normally distributed real number without bounds.</summary>
    /// <param name="mu">The mean.</param>
    /// <param name="sigma">The standard deviation; positive.</param>
    /// <exception cref="ArgumentException">An argument is not finite, or sigma &lt;= 0.</exception>
    /// <returns>The distribution.</returns>
    public static NormalDistribution Normal(double mu, double sigma) => new("normal", mu, sigma);

    /// <summary>round(x / q) * q with x normally distributed.</summary>
    /// <param name="mu">The mean of x.</param>
    /// <param name="sigma">The standard deviation of x; positive.</param>
    /// <param name="q">The distance of neighbouring values; positive.</param>
    /// <exception cref="ArgumentException">An argument is not finite, sigma &lt;= 0, or q &lt;= 0.</exception>
    /// <returns>The distribution.</returns>
    public static NormalDistribution QNormal(double mu, double sigma, double q) => new("qnormal", mu, sigma, q: q);

    /// <summary>exp(x) with x normally distributed: a positive number whose logarithm is normal.</summary>
    /// <param name="mu">The mean of the <b>logarithm</b>.</param>
    /// <param name="sigma">The standard deviation of the logarithm; positive.</param>
    /// <exception cref="ArgumentException">An argument is not finite, or sigma &lt;= 0.</exception>
    /// <returns>The distribution.</returns>
    public static NormalDistribution LogNormal(double mu, double sigma) => new("lognormal", mu, sigma, isLog: true);

    /// <summary>
    /// <see cref="LogNormal"/> by its median: <c>LogNormalAround(0.01, 3)</c> has the median 0.01; 68 % of the values lie between 0.01 / 3
    /// and 0.01 * 3, and 95 % between 0.01 / 9 and 0.01 * 9.
    /// </summary>
    /// <param name="median">The median; positive.</param>
    /// <param name="factor">The exponential of sigma, the geometric standard deviation; greater than 1.</param>
    /// <exception cref="ArgumentException">The median is not positive and finite, or the factor is not a finite number above 1.</exception>
    /// <returns>The distribution.</returns>
    public static NormalDistribution LogNormalAround(double median, double factor)
    {
        Require.MedianAndFactor(median, factor);
        return LogNormal(PortableMath.Log(median), PortableMath.Log(factor));
    }

    /// <summary>round(exp(x) / q) * q with x normally distributed; may be 0.</summary>
    /// <param name="mu">The mean of the <b>logarithm</b>.</param>
    /// <param name="sigma">The standard deviation of the logarithm; positive.</param>
    /// <param name="q">The distance of neighbouring values; positive.</param>
    /// <exception cref="ArgumentException">An argument is not finite, sigma &lt;= 0, or q &lt;= 0.</exception>
    /// <returns>The distribution.</returns>
    public static NormalDistribution QLogNormal(double mu, double sigma, double q) => new("qlognormal", mu, sigma, isLog: true, q: q);

    /// <summary><see cref="QLogNormal"/> by its median, as <see cref="LogNormalAround"/> does for <see cref="LogNormal"/>.</summary>
    /// <param name="median">The median before rounding; positive.</param>
    /// <param name="factor">The exponential of sigma, the geometric standard deviation; greater than 1.</param>
    /// <param name="q">The distance of neighbouring values; positive.</param>
    /// <exception cref="ArgumentException">As for <see cref="LogNormalAround"/>, or q &lt;= 0.</exception>
    /// <returns>The distribution.</returns>
    public static NormalDistribution QLogNormalAround(double median, double factor, double q)
    {
        Require.MedianAndFactor(median, factor);
        return QLogNormal(PortableMath.Log(median), PortableMath.Log(factor), q);
    }

    /// <summary>
    /// An integer in [0, upper); all are equally likely. Samplers treat it as an ordered number, except for
    /// <see cref="Samplers.HyperoptTpe"/>, which treats it as a categorical value.
    /// </summary>
    /// <param name="upper">The upper bound, <b>excluded</b>; from 1 to 2^53.</param>
    /// <exception cref="ArgumentException">The bound is out of range.</exception>
    /// <returns>The distribution.</returns>
    public static RandIntDistribution RandInt(long upper) => new(0, upper);

    /// <summary>
    /// An integer in [low, high); all are equally likely. Samplers treat it as an ordered number, except for
    /// <see cref="Samplers.HyperoptTpe"/>, which treats it as a categorical value.
    /// </summary>
    /// <param name="low">The lower bound, included; at least -2^53.</param>
    /// <param name="high">The upper bound, <b>excluded</b>; greater than <paramref name="low"/>, at most 2^53.</param>
    /// <exception cref="ArgumentException">A bound is out of range, or low &gt;= high.</exception>
    /// <returns>The distribution.</returns>
    public static RandIntDistribution RandInt(long low, long high) => new(low, high);

    /// <summary>One of the options; all are equally likely. The value is the index of the option.</summary>
    /// <param name="options">
    /// The options, at least one. A <see cref="Branch"/> is an option with parameters that exist only when it is chosen.
    /// </param>
    /// <exception cref="ArgumentException">There is no option.</exception>
    /// <returns>The distribution.</returns>
    public static ChoiceDistribution Choice(params object?[] options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new("choice", options, ChoiceDistribution.EqualProbabilities(options.Length));
    }

    /// <summary>One of the options, with a given probability for each. The value is the index of the option.</summary>
    /// <param name="options">The probabilities, in [0, 1] with sum 1, and the options; at least one.</param>
    /// <exception cref="ArgumentException">There is no option, a probability is negative or not finite, or their sum is not 1 (within
    /// 1e-6).</exception>
    /// <returns>The distribution.</returns>
    public static ChoiceDistribution PChoice(params (double Probability, object? Option)[] options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new("pchoice", Array.ConvertAll(options, o => o.Option), Array.ConvertAll(options, o => o.Probability));
    }
}
