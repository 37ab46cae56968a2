using System.Text.Json;
using LogMl.Optimization;
using LogMl.Storage.Encoding;

namespace LogMl.Storage.Tests;

/// <summary>Values on a grid, which the storage keeps as decimal numbers.</summary>
public sealed class GridValueTests
{
    [Theory]
    [InlineData(0.1, 0, 3)]
    [InlineData(0.7, -20, 20)]
    [InlineData(0.05, -1, 1)]
    [InlineData(1e-5, 0, 0.01)]
    [InlineData(1.0 / 3, -5, 5)]
    [InlineData(2.5, 0, 1e4)]
    [InlineData(1e-20, 0, 1e-17)]
    [InlineData(1e15, 0, 1e18)]
    public void A_value_comes_back_to_the_last_digit_and_is_in_the_stored_range(double q, double low, double high)
    {
        var distribution = Distribution.QUniform(low, high, q);
        using var json = JsonDocument.Parse(DistributionJson.Write(distribution));
        var range = json.RootElement.GetProperty("attributes");
        var last = (int)Math.Round(distribution.Highest / q);
        for (var k = (int)Math.Round(distribution.Lowest / q); k <= last; k++)
        {
            // The product, but at a bound the bound itself.
            var value = distribution.ValueOf(k * q)!.Value;

            var stored = StoredValue.Write(distribution, value);

            Assert.Equal(value, distribution.ValueOf(stored));
            Assert.InRange(stored, range.GetProperty("low").GetDouble(), range.GetProperty("high").GetDouble());
        }
    }

    [Fact]
    public void A_value_is_a_decimal_number_where_a_product_would_not_be() =>
        Assert.Equal(0.3, StoredValue.Write(Distribution.QUniform(0, 1, 0.1), 3 * 0.1));
}
