namespace LogMl.Optimization.Pruning;

/// <summary>
/// Numbers in ascending order. Adding a number moves the larger ones, which takes about a microsecond for ten thousand. Reading the k-th
/// one takes constant time.
/// </summary>
internal sealed class SortedValues
{
    private readonly List<double> _values = [];

    public int Count => _values.Count;

    /// <summary>The k-th smallest, from 0.</summary>
    public double this[int k] => _values[k];

    /// <summary>Adds a number; not NaN.</summary>
    public void Add(double value)
    {
        var place = _values.BinarySearch(value);
        _values.Insert(place < 0 ? ~place : place, value);
    }

    /// <summary>Removes one number that equals this one; there must be one.</summary>
    public void Remove(double value) => _values.RemoveAt(_values.BinarySearch(value));

    /// <summary>A percentile in [0, 100], interpolated linearly between the numbers; there must be at least one.</summary>
    public double Percentile(double percentile)
    {
        var place = percentile / 100 * (_values.Count - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, _values.Count - 1);
        var part = place - below;

        // Interpolating between infinite numbers would give NaN, so it is done only where it is needed.
        return part == 0 || _values[below] == _values[above]
            ? _values[below]
            : _values[below] + part * (_values[above] - _values[below]);
    }
}
