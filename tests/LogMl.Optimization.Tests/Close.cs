namespace LogMl.Optimization.Tests;

/// <summary>Comparison with published values, of which a given number of digits is known.</summary>
internal static class Close
{
    public static void To(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, FormattableString.Invariant($"expected {expected:R}, got {actual:R}"));

    public static void To(double[] expected, IEnumerable<double> actual, double tolerance)
    {
        double[] values = [.. actual];
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            To(expected[i], values[i], tolerance);
        }
    }
}
