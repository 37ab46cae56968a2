namespace LogMl.Optimization.Pruning;

/// <summary>
/// Numbers in ascending order. Adding one moves those above it, which for ten thousand takes about a microsecond; looking at the k-th takes
/// no time.
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
        int place = _values.BinarySearch(value);
        _values.Insert(place < 0 ? ~place : place, value);
    }

    /// <summary>Removes one number that is equal.</summary>
    public void Remove(double value) => _values.RemoveAt(_values.BinarySearch(value));

    /// <summary>The value below which a percentage lies, interpolated linearly between the numbers.</summary>
    public double Percentile(double percentile)
    {
        double place = percentile / 100 * (_values.Count - 1);
        int below = (int)Math.Floor(place);
        int above = Math.Min(below + 1, _values.Count - 1);
        double part = place - below;

        // Infinite values: no difference may be taken of them where it is not needed.
        return part == 0 || _values[below] == _values[above]
            ? _values[below]
            : _values[below] + part * (_values[above] - _values[below]);
    }
}
