using System.Text.Json;

namespace LogMl.Host.Manifests;

/// <summary>
/// How many rows a fold validates on for each row that it trains on. The error of a mean over the folds depends on it, because the folds
/// share the rows that they train on.
/// </summary>
internal static class FoldRatio
{
    /// <summary>The ratio.</summary>
    /// <param name="settings">The settings of the cross-validation, as the manifest has them.</param>
    /// <param name="folds">The number of folds of a trial.</param>
    /// <returns>The ratio; null when it depends on the number of rows, which the host does not know.</returns>
    public static double? Of(JsonElement settings, int folds)
    {
        if (settings.TryGetProperty("p", out var left))
        {
            return LeavePOut(left.GetInt32(), folds);
        }

        if (Size(settings, "test_size") is var test && Size(settings, "train_size") is var train && (test ?? train) is not null)
        {
            return OfSizes(test, train);
        }

        return settings.GetProperty("method").GetString() switch
        {
            "ShuffleSplit" or "StratifiedShuffleSplit" => OfSizes(0.1, null),
            "LeaveOneOut" => OfSplits(folds),
            _ => OfSplits(settings.GetProperty("n_splits").GetInt32()),
        };
    }

    private static double? OfSplits(int splits) => splits < 2 ? null : 1.0 / (splits - 1);

    /// <summary>Of n rows, p are left out in each of "n over p" ways.</summary>
    private static double? LeavePOut(int left, int folds)
    {
        double ways = 1;
        var rows = left;
        while (ways < folds - 0.5)
        {
            rows++;
            ways = ways * rows / (rows - left);
        }

        return rows > left ? (double)left / (rows - left) : null;
    }

    /// <summary>The ratio of two shares of all rows, or of two numbers of rows.</summary>
    private static double? OfSizes(double? test, double? train) => (test, train) switch
    {
        ({ } of, { } to) => of < 1 == to < 1 ? of / to : null,
        ({ } of, null) => of < 1 ? of / (1 - of) : null,
        (null, { } to) => to < 1 ? (1 - to) / to : null,
        _ => null,
    };

    private static double? Size(JsonElement settings, string name) =>
        settings.TryGetProperty(name, out var size) && size.ValueKind == JsonValueKind.Number ? size.GetDouble() : null;
}
