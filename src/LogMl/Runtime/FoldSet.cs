using System.ComponentModel;

namespace LogMl.Runtime;

/// <summary>The folds of a cross-validation, which are made one by one. Generated code passes it to a run.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FoldSet
{
    internal FoldSet(int count, IEnumerable<Fold> folds)
    {
        Count = count;
        Folds = folds;
    }

    /// <summary>The number of folds.</summary>
    public int Count { get; }

    /// <summary>What is doubtful about the folds, in a sentence or two; null for nothing. They can be used all the same.</summary>
    internal string? Warning { get; init; }

    internal IEnumerable<Fold> Folds { get; }

    /// <summary>One fold. Those before it are drawn too, so that it is the same as if they had run.</summary>
    internal Fold At(int number)
    {
        // ElementAt would pass over those before it without drawing them.
        foreach (var fold in Folds)
        {
            if (number-- == 0)
            {
                return fold;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(number));
    }
}

/// <summary>One fold of a cross-validation: the rows to train on, and those to validate on.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Fold
{
    private readonly int _rows;
    private readonly Lazy<(int[] Train, int[] Validate)> _parts;

    /// <param name="rows">The number of all rows.</param>
    /// <param name="parts">Finds the rows of both parts, when the fold runs.</param>
    internal Fold(int rows, Func<(int[] Train, int[] Validate)> parts)
    {
        _rows = rows;
        _parts = new(parts);
    }

    internal int[] Train => _parts.Value.Train;

    internal int[] Validate => _parts.Value.Validate;

    /// <summary>The rows to train on.</summary>
    public T[] TrainOf<T>(T[] rows) => Of(rows, Train);

    /// <summary>The rows to validate on.</summary>
    public T[] ValidateOf<T>(T[] rows) => Of(rows, Validate);

    /// <summary>For each row whether it is one to train on.</summary>
    public bool[] TrainMask() => MaskOf(Train);

    /// <summary>For each row whether it is one to validate on.</summary>
    public bool[] ValidateMask() => MaskOf(Validate);

    private static T[] Of<T>(T[] rows, int[] numbers)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Array.ConvertAll(numbers, number => rows[number]);
    }

    private bool[] MaskOf(int[] numbers)
    {
        var mask = new bool[_rows];
        foreach (var number in numbers)
        {
            mask[number] = true;
        }

        return mask;
    }
}
