using LogMl.Optimization.Distributions;

namespace LogMl.Optimization.Tests;

/// <summary>The axis of a number, on both scales.</summary>
public class AxisTests
{
    public static TheoryData<string> Numbers =>
        [.. TestSpaces.AllDistributions().Where(p => p.Value is NumericDistribution).Select(p => p.Key)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_value_has_a_coordinate_that_leads_back_to_it(string name)
    {
        var distribution = (NumericDistribution)TestSpaces.AllDistributions()[name];
        foreach (var axis in new[] { Axis.Standard(distribution), Axis.UniformScaled(distribution) })
        {
            for (var i = 1; i < 100; i++)
            {
                var value = distribution.FromUnit(i / 100.0);
                (var low, var high) = axis.Cell(value);
                var coordinate = !axis.IsDiscrete ? axis.ToCoordinate(value)
                    : double.IsInfinity(low) ? high - 1e-9
                    : low + (high - low) / 2;
                Close.To(value, axis.ToValue(coordinate), 1e-12 * Math.Max(1, Math.Abs(value)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void The_distribution_function_is_that_of_the_prior(string name)
    {
        var distribution = (NumericDistribution)TestSpaces.AllDistributions()[name];
        foreach (var axis in new[] { Axis.Standard(distribution), Axis.UniformScaled(distribution) })
        {
            for (var i = 1; i < 100; i++)
            {
                // One that is rounded has all of its cell.
                (var low, var high) = axis.IsDiscrete
                    ? axis.Cell(distribution.FromUnit(i / 100.0))
                    : (axis.Quantile(i / 100.0), axis.Quantile(i / 100.0));
                Assert.InRange(i / 100.0, axis.Cdf(low) - 1e-9, axis.Cdf(high) + 1e-9);
            }
        }
    }

    [Fact]
    public void A_randint_is_a_number_whose_integers_have_cells_of_equal_width()
    {
        var axis = Axis.Standard(Distribution.RandInt(10, 14));
        Assert.Equal((0.0, 0.25), axis.Cell(10));
        Assert.Equal((0.75, 1.0), axis.Cell(13));
        Assert.Equal([10, 10, 11, 12, 13, 13], new[] { -1, 0, 0.3, 0.6, 1, 9 }.Select(axis.ToValue));
    }
}
