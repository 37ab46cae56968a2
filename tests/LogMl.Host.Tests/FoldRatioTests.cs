using System.Text.Json;
using LogMl.Host.Manifests;

namespace LogMl.Host.Tests;

/// <summary>How many rows a fold validates on for each row that it trains on.</summary>
public sealed class FoldRatioTests
{
    [Theory]
    [InlineData("""{ "method": "KFold", "n_splits": 5, "shuffle": false }""", 5, 0.25)]
    [InlineData("""{ "method": "RepeatedKFold", "n_splits": 5, "n_repeats": 10 }""", 50, 0.25)]
    [InlineData("""{ "method": "StratifiedKFold", "n_splits": 3, "shuffle": true, "random_state": 1 }""", 3, 0.5)]
    [InlineData("""{ "method": "LeaveOneOut" }""", 11, 0.1)]
    [InlineData("""{ "method": "LeavePOut", "p": 2 }""", 10, 2.0 / 3)]
    [InlineData("""{ "method": "ShuffleSplit", "n_splits": 10 }""", 10, 0.1 / 0.9)]
    [InlineData("""{ "method": "ShuffleSplit", "n_splits": 10, "test_size": 0.2 }""", 10, 0.25)]
    [InlineData("""{ "method": "StratifiedShuffleSplit", "n_splits": 4, "train_size": 0.5 }""", 4, 1.0)]
    [InlineData("""{ "method": "ShuffleSplit", "n_splits": 10, "test_size": 20, "train_size": 80 }""", 10, 0.25)]
    [InlineData("""{ "method": "ShuffleSplit", "n_splits": 10, "test_size": 20 }""", 10, null)]
    public void The_ratio_follows_from_the_method_where_it_does_not_depend_on_the_data(string settings, int folds, double? ratio)
    {
        var found = FoldRatio.Of(JsonElement.Parse(settings), folds);
        Assert.Equal(ratio is null, found is null);
        Assert.Equal(ratio ?? 0, found ?? 0, 12);
    }
}
