using LogMl.Optimization.Numerics;
using LogMl.Shared;
using MathNet.Numerics;

namespace LogMl.Optimization.Tests;

/// <summary>The own elementary functions against those of the platform and of MathNet.Numerics.</summary>
public class PortableMathTests
{
    [Fact]
    public void Exp_agrees_with_the_platform()
    {
        for (double x = -708; x <= 709.78; x += 0.0137)
        {
            AssertRelative(Math.Exp(x), PortableMath.Exp(x), 1e-15, x);
        }
    }

    [Fact]
    public void Log_agrees_with_the_platform()
    {
        for (var x = 1e-300; x < 1e300; x *= 1.0137)
        {
            AssertRelative(Math.Log(x), PortableMath.Log(x), 1e-15, x);
        }

        for (var x = 0.5; x < 2; x += 0.000137)
        {
            AssertRelative(Math.Log(x), PortableMath.Log(x), 1e-15, x);
        }
    }

    [Fact]
    public void The_ends_of_exp_and_log()
    {
        Assert.Equal(1, PortableMath.Exp(0));
        Assert.Equal(0, PortableMath.Exp(double.NegativeInfinity));
        Assert.Equal(0, PortableMath.Exp(-800));
        Assert.Equal(double.PositiveInfinity, PortableMath.Exp(710));
        Assert.True(double.IsFinite(PortableMath.Exp(PortableMath.MaxExponent)));
        Assert.Equal(double.NaN, PortableMath.Exp(double.NaN));
        Assert.Equal(0, PortableMath.Log(1));
        Assert.Equal(double.NegativeInfinity, PortableMath.Log(0));
        Assert.Equal(double.PositiveInfinity, PortableMath.Log(double.PositiveInfinity));
        Assert.Equal(double.NaN, PortableMath.Log(-1));
        AssertRelative(Math.Log(double.Epsilon), PortableMath.Log(double.Epsilon), 1e-15, double.Epsilon);
        AssertRelative(Math.Log(double.MaxValue), PortableMath.Log(double.MaxValue), 1e-15, double.MaxValue);
    }

    [Fact]
    public void Numbers_that_are_too_small_to_be_normal_are_rounded_once()
    {
        for (double x = -745; x < -708; x += 0.00137)
        {
            Assert.InRange(Math.Abs(PortableMath.Exp(x) - Math.Exp(x)), 0, Math.Max(double.Epsilon, 1e-15 * Math.Exp(x)));
        }

        for (var x = double.Epsilon; x < 1e-300; x *= 2.0137)
        {
            AssertRelative(Math.Log(x), PortableMath.Log(x), 1e-15, x);
        }
    }

    [Fact]
    public void The_normal_distribution_agrees_with_MathNet_into_the_tail()
    {
        for (double z = -37; z <= 9; z += 0.0137)
        {
            AssertRelative(SpecialFunctions.Erfc(-z / Math.Sqrt(2)) / 2, StandardNormal.Cdf(z), z is > -4 or < -5 ? 1e-12 : 5e-11, z);
        }
    }

    [Fact]
    public void The_inverse_normal_distribution_inverts_it()
    {
        for (double z = -37; z <= 5; z += 0.0137)
        {
            Close.To(z, StandardNormal.InverseCdf(StandardNormal.Cdf(z)), 1e-9);
        }

        for (var p = 0.001; p < 1; p += 0.00137)
        {
            Close.To(-Math.Sqrt(2) * SpecialFunctions.ErfcInv(2 * p), StandardNormal.InverseCdf(p), 1e-12);
        }
    }

    [Theory]
    [InlineData(-1, 1, 0.68268949213708590)]
    [InlineData(8, 9, 6.219831985865830e-16)]
    [InlineData(-9, -8, 6.219831985865830e-16)]
    [InlineData(20, 21, 2.7536241153269e-89)]
    public void Masses_keep_their_digits_in_both_tails(double a, double b, double expected) =>
        AssertRelative(expected, StandardNormal.Mass(a, b), 1e-12, a);

    [Fact]
    public void Masses_of_narrow_intervals_are_positive_and_proportional_to_their_width()
    {
        for (double a = -37; a < 37; a += 0.0137)
        {
            var density = Math.Exp(-a * a / 2) / Math.Sqrt(2 * Math.PI);
            foreach (var width in new[] { 1e-4, 1.1e-5, 0.9e-5, 1e-8, 1e-12 })
            {
                var b = a + width;
                var expected = density * (b - a) * (1 - a * (b - a) / 2);
                AssertRelative(expected, StandardNormal.Mass(a, b), 1e-5, a);
            }
        }

        Assert.True(StandardNormal.Mass(5, Math.BitIncrement(5)) > 0);
    }

    [Theory]
    [InlineData(-0.5, 0.5)]
    [InlineData(3, 3.5)]
    [InlineData(30, 31)]
    [InlineData(-31, -30)]
    [InlineData(100, 101)]
    [InlineData(-101, -100)]
    [InlineData(double.NegativeInfinity, -50)]
    [InlineData(50, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity)]
    public void A_truncated_draw_is_inside_its_bounds_however_small_their_mass(double a, double b)
    {
        var random = new RandomStream(1, 0);
        for (var i = 0; i < 1000; i++)
        {
            var z = StandardNormal.DrawBetween(a, b, random);
            Assert.True(double.IsFinite(z));
            Assert.InRange(z, a, b);
        }
    }

    private static void AssertRelative(double expected, double actual, double tolerance, double x) =>
        Assert.True(
            Math.Abs(actual - expected) <= tolerance * Math.Abs(expected),
            FormattableString.Invariant($"at {x:R}: expected {expected:R}, got {actual:R}"));
}
