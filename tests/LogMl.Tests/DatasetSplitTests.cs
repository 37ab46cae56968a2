using CsCheck;
using LogMl.Runtime;

namespace LogMl.Tests;

public sealed class DatasetSplitTests
{
    private static readonly Gen<(int[] Rows, double Validate, double Test, int Seed)> Splits =
        from rows in Gen.Int[0, 200]
        from validate in Gen.Double[0.001, 0.99]
        from test in Gen.Double[0, 0.995 - validate]
        from seed in Gen.Int[0, int.MaxValue]
        select (Enumerable.Range(0, rows).ToArray(), validate, test, seed);

    [Fact]
    public void Every_row_lands_in_one_part_and_the_shares_are_kept() => Splits.Sample(split =>
    {
        var (train, validate, test) = DatasetSplit.Split(split.Rows, split.Validate, split.Test, new Random(split.Seed));
        Assert.Equal(split.Rows, train.Concat(validate).Concat(test).Order());
        Assert.InRange(validate.Length, (split.Rows.Length * split.Validate) - 1.5, (split.Rows.Length * split.Validate) + 0.5);
        Assert.InRange(test.Length, (split.Rows.Length * split.Test) - 2, (split.Rows.Length * split.Test) + 0.5);
        Assert.True(train.Length > 0 || split.Rows.Length == 0);
    });

    [Fact]
    public void The_same_generator_gives_the_same_split_and_the_data_stay_as_they_are()
    {
        int[] rows = [.. Enumerable.Range(0, 50)];
        var one = DatasetSplit.Split(rows, 0.2, 0.1, new Random(3));
        var two = DatasetSplit.Split(rows, 0.2, 0.1, new Random(3));
        Assert.Equal(one.Train, two.Train);
        Assert.Equal((35, 10, 5), (one.Train.Length, one.Validate.Length, one.Test.Length));
        Assert.NotEqual(one.Train, one.Train.Order());
        Assert.Equal(Enumerable.Range(0, 50), rows);
    }

    [Fact]
    public void Without_a_share_for_validation_the_rows_of_the_training_are_for_validation_too()
    {
        var (train, validate, test) = DatasetSplit.Split(Enumerable.Range(0, 10), 0, 0.3, new Random(1));
        Assert.Equal((7, 3), (train.Length, test.Length));
        Assert.Equal(train, validate);
    }

    [Theory]
    [InlineData(3, 0.5, 0.49, 1, 2, 0)]
    [InlineData(1, 0.5, 0.4, 1, 0, 0)]
    [InlineData(0, 0.2, 0.2, 0, 0, 0)]
    [InlineData(10, 0.25, 0.25, 4, 3, 3)]
    public void Rounding_leaves_a_row_to_train_on(int rows, double validate, double test, int trains, int validates, int tests)
    {
        var split = DatasetSplit.Split(new string[rows], validate, test, new Random(1));
        Assert.Equal((trains, validates, tests), (split.Train.Length, split.Validate.Length, split.Test.Length));
    }

    [Theory]
    [InlineData(-0.1, 0, "splitValidate")]
    [InlineData(1, 0, "splitValidate")]
    [InlineData(double.NaN, 0, "splitValidate")]
    [InlineData(0, 1.5, "splitTest")]
    [InlineData(0.5, 0.5, "splitTest")]
    public void Shares_that_leave_nothing_to_train_on_are_refused(double validate, double test, string parameter)
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => DatasetSplit.Split([1, 2, 3], validate, test, new Random(1)));
        Assert.Equal(parameter, refused.ParamName);
    }
}
