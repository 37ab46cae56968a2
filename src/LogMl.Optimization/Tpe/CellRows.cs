namespace LogMl.Optimization.Tpe;

/// <summary>
/// The probabilities that the kernels of a mixture assign to the values of a discrete axis. They are computed once for each value and each
/// center, because candidates share values, and kernels share centers.
/// </summary>
internal sealed class CellRows(int stride)
{
    private readonly List<double> _values = [];
    private readonly Dictionary<double, double> _massByCenter = [];
    private double[] _rows = [];

    public void Clear() => _values.Clear();

    /// <summary>For each kernel, the logarithm of the probability of the cell of a value.</summary>
    public ReadOnlySpan<double> Of(Mixture mixture, int axis, double value, double logPrior, int padded)
    {
        var index = _values.IndexOf(value);
        if (index < 0)
        {
            index = _values.Count;
            _values.Add(value);
            Compute(mixture, axis, value, logPrior, index, padded);
        }

        return _rows.AsSpan(index * stride, padded);
    }

    private void Compute(Mixture mixture, int axis, double value, double logPrior, int index, int padded)
    {
        if (_rows.Length < (index + 1) * stride)
        {
            Array.Resize(ref _rows, (index + 1) * stride * 2);
        }

        var row = _rows.AsSpan(index * stride, padded);
        row.Clear();
        _massByCenter.Clear();
        for (var k = 0; k < mixture.Count; k++)
        {
            var center = mixture.Coordinate(axis, k);
            if (double.IsNaN(center))
            {
                row[k] = logPrior;
                continue;
            }

            if (!_massByCenter.TryGetValue(center, out var mass))
            {
                mass = mixture.LogKernel(k, axis, center, value, isCoarse: true);
                _massByCenter.Add(center, mass);
            }

            row[k] = mass;
        }
    }
}
