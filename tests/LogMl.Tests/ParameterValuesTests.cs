using CsCheck;
using LogMl.Runtime;

namespace LogMl.Tests;

public sealed class ParameterValuesTests
{
    [Fact]
    public void What_a_trial_does_not_set_has_the_default()
    {
        var values = Values();
        Assert.Equal(0.5, values.Double("model_train.rate", 0.5));
        Assert.Equal(3, values.Int32("model_train.epochs", 3));
        Assert.Equal(1L << 40, values.Int64("model_train.steps", 1L << 40));
        Assert.Equal(-1, values.Index("model_train.kind"));
        Assert.Equal("b", values.Option("model_train.kind", ["a", "b", "c"], "b"));
        Assert.False(values.Has("model_train.rate"));
        Assert.Equal(0, values.Count);
    }

    [Fact]
    public void What_a_trial_sets_counts()
    {
        var values = Values(("rate", 0.25), ("epochs", 7), ("steps", 9007199254740992), ("kind", 2));
        Assert.Equal(0.25, values.Double("rate", 0.5));
        Assert.Equal(7, values.Int32("epochs", 3));
        Assert.Equal(9007199254740992, values.Int64("steps", 1));
        Assert.Equal(2, values.Index("kind"));
        Assert.Equal("c", values.Option("kind", ["a", "b", "c"], "a"));
        Assert.True(values.Has("kind"));
        Assert.Equal(4, values.Count);
    }

    [Theory]
    [InlineData(2147483648.0)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void A_number_that_does_not_fit_is_refused(double value) =>
        Assert.Throws<OverflowException>(() => Values(("epochs", value)).Int32("epochs", 0));

    [Fact]
    public void Keys_are_equal_exactly_when_the_values_are()
    {
        string[] names = ["a", "b"];
        Gen.Select(Gen.Double, Gen.Double, Gen.Double, Gen.Double).Sample((a, b, c, d) =>
        {
            var one = Values(("a", a), ("b", b)).KeyOf(names);
            var two = Values(("a", c), ("b", d)).KeyOf(names);
            return one == two == (a.Equals(c) && b.Equals(d)) || a == c && b == d;
        });
        Assert.Equal(Values(("a", 0.1), ("b", 2), ("c", 3)).KeyOf(names), Values(("b", 2), ("a", 0.1)).KeyOf(names));
        Assert.NotEqual(Values(("a", 0)).KeyOf(names), Values(("b", 0)).KeyOf(names));
        Assert.NotEqual(Values(("a", 0.1)).KeyOf(names), Values(("a", 0.1 + 1e-17 + 2e-17)).KeyOf(names));
    }

    private static ParameterValues Values(params (string Name, double Value)[] values) =>
        new(values.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal));
}
