using System.ComponentModel;

namespace LogMl.Runtime;

/// <summary>The default split of collections, for workflows without a dataset_split method. Generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DatasetSplit
{
    /// <summary>Shuffles the rows and cuts off the shares for validation and test.</summary>
    /// <param name="data">The rows; they are not changed.</param>
    /// <param name="splitValidate">
    /// Share of the rows for validation, in [0, 1). With 0 the training rows are used for validation too.
    /// </param>
    /// <param name="splitTest">Share of the rows for the test, in [0, 1); together with <paramref name="splitValidate"/> below 1.</param>
    /// <param name="random">The generator for shuffling.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share is outside of its range.</exception>
    public static (T[] Train, T[] Validate, T[] Test) Split<T>(IEnumerable<T> data, double splitValidate, double splitTest, Random random)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(random);
        RequireShares(splitValidate, splitTest);
        var rows = data.ToArray();
        random.Shuffle(rows);

        // Rounding must not take the last row from the training.
        var most = Math.Max(0, rows.Length - 1);
        var validate = Math.Min(Rounded(rows.Length * splitValidate), most);
        var test = Math.Min(Rounded(rows.Length * splitTest), most - validate);
        var train = rows[..(rows.Length - validate - test)];
        return (train, splitValidate == 0 ? train : rows[train.Length..(train.Length + validate)], rows[(train.Length + validate)..]);
    }

    /// <summary>Refuses shares that leave nothing to train on.</summary>
    /// <param name="splitValidate">Share of the rows for validation.</param>
    /// <param name="splitTest">Share of the rows for the test.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share is not in [0, 1), or their sum is not below 1.</exception>
    public static void RequireShares(double splitValidate, double splitTest)
    {
        RequireShare(splitValidate, nameof(splitValidate));
        RequireShare(splitTest, nameof(splitTest));
        if (splitValidate + splitTest >= 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(splitTest), splitTest, "split_validate and split_test must leave rows to train on: their sum must be below 1.");
        }
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
