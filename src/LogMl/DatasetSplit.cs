using System.ComponentModel;

namespace LogMl;

/// <summary>The split that a workflow without a dataset_split method gets, for arrays and lists. Called by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DatasetSplit
{
    /// <summary>Shuffles the rows and cuts off the shares for validation and test.</summary>
    /// <param name="data">The rows; left as they are.</param>
    /// <param name="splitValidate">Share of the rows for validation, in [0, 1).</param>
    /// <param name="splitTest">Share of the rows for the test, in [0, 1); together with <paramref name="splitValidate"/> below 1.</param>
    /// <param name="random">Shuffles.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share is outside of its range.</exception>
    public static (T[] Train, T[] Validate, T[] Test) Split<T>(IReadOnlyList<T> data, double splitValidate, double splitTest, Random random)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(random);
        RequireShare(splitValidate, nameof(splitValidate));
        RequireShare(splitTest, nameof(splitTest));
        if (splitValidate + splitTest >= 1)
        {
            throw new ArgumentOutOfRangeException(nameof(splitTest), splitTest, "split_validate and split_test must leave rows to train on: their sum must be below 1.");
        }

        var rows = data.ToArray();
        random.Shuffle(rows);

        // Rounding must not take the last row from the training.
        var most = Math.Max(0, rows.Length - 1);
        var validate = Math.Min(Rounded(rows.Length * splitValidate), most);
        var test = Math.Min(Rounded(rows.Length * splitTest), most - validate);
        var train = rows.Length - validate - test;
        return (rows[..train], rows[train..(train + validate)], rows[(train + validate)..]);
    }

    private static int Rounded(double rows) => (int)Math.Round(rows, MidpointRounding.AwayFromZero);

    private static void RequireShare(double share, string name)
    {
        if (share is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(name, share, "A share of the rows must be at least 0 and below 1.");
        }
    }
}
