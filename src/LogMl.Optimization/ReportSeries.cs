using System.Collections;
using System.Collections.ObjectModel;

namespace LogMl.Optimization;

/// <summary>The intermediate values of a trial by step, in ascending order. Immutable: a report makes a new series.</summary>
/// <remarks>
/// Steps usually come in ascending order. Then the new series shares the arrays of the old one, which never reads beyond its own count. So
/// a report takes the same time however long the trial is.
/// </remarks>
internal sealed class ReportSeries : IReadOnlyDictionary<int, double>
{
    public static readonly ReportSeries Empty = new([], [], 0);

    private const int FirstCapacity = 4;

    private readonly int[] _steps;
    private readonly double[] _values;

    private ReportSeries(int[] steps, double[] values, int count)
    {
        _steps = steps;
        _values = values;
        Count = count;
    }

    public int Count { get; }

    public ReadOnlySpan<int> Steps => _steps.AsSpan(0, Count);

    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    public IEnumerable<int> Keys => new ReadOnlyCollection<int>(new ArraySegment<int>(_steps, 0, Count));

    IEnumerable<double> IReadOnlyDictionary<int, double>.Values =>
        new ReadOnlyCollection<double>(new ArraySegment<double>(_values, 0, Count));

    public double this[int key] => TryGetValue(key, out var value)
        ? value
        : throw new KeyNotFoundException(Require.Text($"The trial has reported nothing at step {key}."));

    /// <summary>
    /// This series with a value added or replaced. Call it only on the newest series of a trial, because series share arrays.
    /// </summary>
    public ReportSeries With(int step, double value)
    {
        var index = Count == 0 || step > _steps[Count - 1] ? ~Count : Steps.BinarySearch(step);
        return index == ~Count ? Append(step, value)
            : index < 0 ? Insert(~index, step, value)
            : Replace(index, value);
    }

    public bool ContainsKey(int key) => Steps.BinarySearch(key) >= 0;

    public bool TryGetValue(int key, out double value)
    {
        var index = Steps.BinarySearch(key);
        value = index >= 0 ? _values[index] : 0;
        return index >= 0;
    }

    public IEnumerator<KeyValuePair<int, double>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return new KeyValuePair<int, double>(_steps[i], _values[i]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ReportSeries Append(int step, double value)
    {
        (var steps, var values) = (_steps, _values);
        if (Count == steps.Length)
        {
            var capacity = Math.Max(FirstCapacity, 2 * Count);
            Array.Resize(ref steps, capacity);
            Array.Resize(ref values, capacity);
        }

        steps[Count] = step;
        values[Count] = value;
        return new ReportSeries(steps, values, Count + 1);
    }

    private ReportSeries Insert(int index, int step, double value) => new(
        [.. Steps[..index], step, .. Steps[index..]], [.. Values[..index], value, .. Values[index..]], Count + 1);

    private ReportSeries Replace(int index, double value)
    {
        double[] values = [.. Values];
        values[index] = value;
        return new ReportSeries([.. Steps], values, Count);
    }
}
