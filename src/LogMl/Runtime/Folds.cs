using System.ComponentModel;
using System.Globalization;
using LogMl.Shared;

namespace LogMl.Runtime;

/// <summary>
/// The methods of cross-validation, with the names and the meaning of scikit-learn. Which rows a method that shuffles draws depends on the
/// seed alone, and is not what NumPy would draw. Generated code calls them.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Folds
{
    /// <summary>The greatest number of folds: each of them is a training.</summary>
    public const int Most = FoldLimit.Most;

    /// <summary>Cuts the rows into parts of nearly equal size, each of which is validated on once.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="nSplits">The number of parts; at least 2.</param>
    /// <param name="shuffle">Whether to shuffle the rows before; else a part is a range of rows.</param>
    /// <param name="randomState">The seed of the shuffling.</param>
    /// <exception cref="InvalidOperationException">There are fewer rows than parts, or too many parts.</exception>
    public static FoldSet KFold(int rows, int nSplits, bool shuffle, long randomState)
    {
        RequireRows(nameof(KFold), "n_splits", nSplits, rows, nSplits);
        return Set(nameof(KFold), nSplits, () => Partitions(Cut(rows, nSplits, shuffle ? Generator(randomState) : null), nSplits));
    }

    /// <summary>Repeats <see cref="KFold"/>, shuffled in another way each time.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="nSplits">The number of parts; at least 2.</param>
    /// <param name="nRepeats">The number of repetitions; at least 1.</param>
    /// <param name="randomState">The seed of the shuffling.</param>
    /// <exception cref="InvalidOperationException">There are fewer rows than parts, or too many folds.</exception>
    public static FoldSet RepeatedKFold(int rows, int nSplits, int nRepeats, long randomState)
    {
        RequireRows(nameof(RepeatedKFold), "n_splits", nSplits, rows, nSplits);
        return Set(nameof(RepeatedKFold), (double)nSplits * nRepeats, () =>
        {
            var random = Generator(randomState);
            return Enumerable.Range(0, nRepeats).SelectMany(_ => Partitions(Cut(rows, nSplits, random), nSplits));
        });
    }

    /// <summary>Validates on each row alone.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <exception cref="InvalidOperationException">There are fewer than two rows, or too many.</exception>
    public static FoldSet LeaveOneOut(int rows)
    {
        RequireRows(nameof(LeaveOneOut), null, 1, rows, 2);
        return Set(nameof(LeaveOneOut), rows, () => Partitions([.. Enumerable.Range(0, rows)], rows));
    }

    /// <summary>Validates on each choice of some rows.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="p">The number of rows in a choice; at least 1.</param>
    /// <exception cref="InvalidOperationException">There are no rows left to train on, or too many choices.</exception>
    public static FoldSet LeavePOut(int rows, int p)
    {
        RequireRows(nameof(LeavePOut), "p", p, rows, p + 1L);
        return Set(nameof(LeavePOut), Choices(rows, p), () => Combinations(rows, p).Select(chosen => Without(rows, chosen)));
    }

    /// <summary>Draws rows to validate on, and others to train on, anew for each fold.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="nSplits">The number of folds; at least 1.</param>
    /// <param name="randomState">The seed.</param>
    /// <param name="testSize">
    /// The rows to validate on: a share below 1, or a number. Null for what is not trained on, and for a tenth when that is null too.
    /// </param>
    /// <param name="trainSize">The rows to train on in the same form; null for the others.</param>
    /// <exception cref="InvalidOperationException">There are not as many rows, or too many folds.</exception>
    public static FoldSet ShuffleSplit(
        int rows, int nSplits, long randomState, double? testSize = null, double? trainSize = null)
    {
        var (train, validate) = Sizes(nameof(ShuffleSplit), rows, testSize, trainSize);
        return Set(nameof(ShuffleSplit), nSplits, () =>
        {
            var random = Generator(randomState);
            return Enumerable.Range(0, nSplits).Select(_ =>
            {
                var order = Shuffled(rows, random);
                return new Fold(rows, () => (order[validate..(validate + train)], order[..validate]));
            });
        });
    }

    /// <summary>Like <see cref="KFold"/>, with the same share of each class in each part.</summary>
    /// <typeparam name="TLabel">The type of a class.</typeparam>
    /// <param name="labels">The class of each row.</param>
    /// <param name="nSplits">The number of parts; at least 2.</param>
    /// <param name="shuffle">Whether to shuffle the rows of each class before.</param>
    /// <param name="randomState">The seed of the shuffling.</param>
    /// <exception cref="InvalidOperationException">Every class has fewer rows than there are parts, or there are too many.</exception>
    public static FoldSet StratifiedKFold<TLabel>(IReadOnlyList<TLabel> labels, int nSplits, bool shuffle, long randomState)
    {
        ArgumentNullException.ThrowIfNull(labels);
        RequireRows(nameof(StratifiedKFold), "n_splits", nSplits, labels.Count, nSplits);
        var classes = ClassRows.Of(labels);
        if (classes.Max(rows => rows.Length) is var most && most < nSplits)
        {
            throw Impossible(
                $"StratifiedKFold with n_splits = {nSplits} needs a class of as many rows; the largest of {classes.Length} has {most}.");
        }

        var least = classes.Min(rows => rows.Length);
        var warning = least >= nSplits ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"cross_validation: StratifiedKFold with n_splits = {nSplits}: the smallest of {classes.Length} classes has {least} rows, so "
            + $"that not every fold has one of them to validate on. Use fewer folds, or more rows of this class.");
        return Set(
            nameof(StratifiedKFold), nSplits,
            () => Partitions(ClassRows.Cut(classes, labels.Count, nSplits, shuffle ? Generator(randomState) : null), nSplits), warning);
    }

    /// <summary>Like <see cref="ShuffleSplit"/>, with the same share of each class in each fold.</summary>
    /// <typeparam name="TLabel">The type of a class.</typeparam>
    /// <param name="labels">The class of each row.</param>
    /// <param name="nSplits">The number of folds; at least 1.</param>
    /// <param name="randomState">The seed.</param>
    /// <param name="testSize">As for <see cref="ShuffleSplit"/>.</param>
    /// <param name="trainSize">As for <see cref="ShuffleSplit"/>.</param>
    /// <exception cref="InvalidOperationException">A class has one row only, or there are more classes than rows in a part.</exception>
    public static FoldSet StratifiedShuffleSplit<TLabel>(
        IReadOnlyList<TLabel> labels, int nSplits, long randomState, double? testSize = null, double? trainSize = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var rows = labels.Count;
        var (train, validate) = Sizes(nameof(StratifiedShuffleSplit), rows, testSize, trainSize);
        var classes = ClassRows.Of(labels);
        if (classes.Min(one => one.Length) < 2)
        {
            throw Impossible($"StratifiedShuffleSplit needs at least 2 rows of each class; one of {classes.Length} classes has 1.");
        }

        if (Math.Min(train, validate) < classes.Length)
        {
            throw Impossible(
                $"StratifiedShuffleSplit needs a row of each of {classes.Length} classes in both parts, of {train} and {validate} rows.");
        }

        return Set(nameof(StratifiedShuffleSplit), nSplits, () =>
        {
            var random = Generator(randomState);
            return Enumerable.Range(0, nSplits).Select(_ =>
            {
                var (trained, validated) = ClassRows.Draw(classes, train, validate, random);
                return new Fold(rows, () => (trained, validated));
            });
        });
    }

    private static Random Generator(long seed) => new(StepSeed.Of(seed, "cross_validation"));

    private static FoldSet Set(string method, double count, Func<IEnumerable<Fold>> make, string? warning = null) => count <= Most
        ? new FoldSet((int)count, make()) { Warning = warning }
        : throw Impossible($"{FoldLimit.Problem(method, count)}. Use another method.");

    private static void RequireRows(string method, string? option, int value, int rows, long least)
    {
        if (rows < least)
        {
            var options = option is null ? "" : FormattableString.Invariant($" with {option} = {value}");
            throw Impossible($"{method}{options} needs at least {least} rows; there are {rows} besides the test part.");
        }
    }

    /// <summary>The sizes of both parts, as scikit-learn rounds them: up for the test, down for the training.</summary>
    private static (int Train, int Validate) Sizes(string method, int rows, double? testSize, double? trainSize)
    {
        testSize ??= trainSize is null ? 0.1 : null;
        var test = testSize < 1 ? Math.Ceiling(testSize.Value * rows) : testSize;
        var train = trainSize < 1 ? Math.Floor(trainSize.Value * rows) : trainSize;
        var validated = test ?? rows - train!.Value;
        var trained = train ?? rows - validated;
        return validated >= 1 && trained >= 1 && validated + trained <= rows
            ? ((int)trained, (int)validated)
            : throw Impossible(
                $"{method} would train on {trained} and validate on {validated} of {rows} rows; change test_size or train_size.");
    }

    private static InvalidOperationException Impossible(FormattableString message) =>
        new("cross_validation: " + message.ToString(CultureInfo.InvariantCulture));

    private static int[] Shuffled(int rows, Random random)
    {
        int[] order = [.. Enumerable.Range(0, rows)];
        random.Shuffle(order);
        return order;
    }

    /// <summary>The part of each row. The first parts have one row more when the rows cannot be divided.</summary>
    private static int[] Cut(int rows, int parts, Random? random)
    {
        var order = random is null ? null : Shuffled(rows, random);
        var partOf = new int[rows];
        var (size, more) = Math.DivRem(rows, parts);
        for (int part = 0, row = 0; part < parts; part++)
        {
            for (var end = row + size + (part < more ? 1 : 0); row < end; row++)
            {
                partOf[order is null ? row : order[row]] = part;
            }
        }

        return partOf;
    }

    private static IEnumerable<Fold> Partitions(int[] partOf, int parts)
    {
        for (var i = 0; i < parts; i++)
        {
            var part = i;
            yield return new Fold(partOf.Length, () => (RowsWhere(other => other != part), RowsWhere(other => other == part)));
        }

        int[] RowsWhere(Func<int, bool> isMeant) => [.. Enumerable.Range(0, partOf.Length).Where(row => isMeant(partOf[row]))];
    }

    /// <summary>How many choices of p rows there are; a number above the limit may be inexact.</summary>
    private static double Choices(int rows, int p)
    {
        double choices = 1;
        for (var i = 1; i <= Math.Min(p, rows - p); i++)
        {
            choices = Math.Round(choices * (rows - i + 1) / i);
        }

        return choices;
    }

    /// <summary>All choices of p rows, in lexicographic order.</summary>
    private static IEnumerable<int[]> Combinations(int rows, int p)
    {
        int[] chosen = [.. Enumerable.Range(0, p)];
        while (true)
        {
            yield return [.. chosen];
            var last = p - 1;
            while (last >= 0 && chosen[last] == rows - p + last)
            {
                last--;
            }

            if (last < 0)
            {
                yield break;
            }

            chosen[last]++;
            for (var next = last + 1; next < p; next++)
            {
                chosen[next] = chosen[next - 1] + 1;
            }
        }
    }

    private static Fold Without(int rows, int[] chosen) =>
        new(rows, () => ([.. Enumerable.Range(0, rows).Where(row => Array.BinarySearch(chosen, row) < 0)], chosen));
}
