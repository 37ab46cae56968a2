using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.GaussianProcesses;

/// <summary>
/// The Cholesky factor of a symmetric, positive definite matrix K: the lower triangular L with L L^T = K. It grows by rows. A new row costs
/// n^2 / 2 multiplications and changes no bit of the earlier rows.
/// </summary>
internal sealed class CholeskyFactor
{
    private double[][] _rows = [];

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>A row of L up to the diagonal, included.</summary>
    public ReadOnlySpan<double> Row(int i) => _rows[i].AsSpan(0, i + 1);

    /// <summary>Removes all rows from <paramref name="count"/> on.</summary>
    public void Truncate(int count) => Count = Math.Min(Count, count);

    /// <summary>Adds a row.</summary>
    /// <param name="row">The new row of K up to the diagonal, included. Its content is overwritten.</param>
    /// <param name="smallestPivot">
    /// The lower limit of the square of the new diagonal element of L. It applies when the new row is a linear combination of the others.
    /// </param>
    public void Append(Span<double> row, double smallestPivot)
    {
        var n = Count;
        if (n == _rows.Length)
        {
            Array.Resize(ref _rows, Math.Max(32, 2 * n));
        }

        var target = _rows[n] is { } old && old.Length > n ? old : _rows[n] = new double[RowMath.Padded(n + 1)];
        for (var j = 0; j < n; j++)
        {
            ReadOnlySpan<double> other = _rows[j];
            target[j] = (row[j] - RowMath.Dot(other[..j], target.AsSpan(0, j))) / other[j];
        }

        ReadOnlySpan<double> done = target.AsSpan(0, n);
        target[n] = Math.Sqrt(Math.Max(row[n] - RowMath.Dot(done, done), smallestPivot));
        Count++;
    }

    /// <summary>Solves L x = b in place, with as many rows of L as b has.</summary>
    public void SolveLower(Span<double> b)
    {
        for (var i = 0; i < b.Length; i++)
        {
            ReadOnlySpan<double> row = _rows[i];
            b[i] = (b[i] - RowMath.Dot(row[..i], b[..i])) / row[i];
        }
    }

    /// <summary>Solves L^T x = b in place.</summary>
    public void SolveUpper(Span<double> b)
    {
        for (var i = b.Length - 1; i >= 0; i--)
        {
            ReadOnlySpan<double> row = _rows[i];
            b[i] /= row[i];
            RowMath.AddScaled(b[..i], -b[i], row[..i]);
        }
    }

    /// <summary>ln det K.</summary>
    public double LogDeterminant()
    {
        double sum = 0;
        for (var i = 0; i < Count; i++)
        {
            sum += PortableMath.Log(_rows[i][i]);
        }

        return 2 * sum;
    }

    /// <summary>The lower triangle of the inverse of K, diagonal included, by rows.</summary>
    public double[][] Inverse()
    {
        var n = Count;

        // The rows of L^-T, which are the columns of L^-1. Row j has its elements from j on.
        var inverseOfL = new double[n][];
        for (var j = 0; j < n; j++)
        {
            inverseOfL[j] = new double[n];
        }

        for (var i = 0; i < n; i++)
        {
            ReadOnlySpan<double> row = _rows[i];
            var reciprocal = 1 / row[i];
            inverseOfL[i][i] = reciprocal;
            for (var j = 0; j < i; j++)
            {
                inverseOfL[j][i] = -reciprocal * RowMath.Dot(row[j..i], inverseOfL[j].AsSpan(j, i - j));
            }
        }

        var inverse = new double[n][];
        for (var i = 0; i < n; i++)
        {
            inverse[i] = new double[i + 1];
            for (var j = 0; j <= i; j++)
            {
                inverse[i][j] = RowMath.Dot(inverseOfL[i].AsSpan(i), inverseOfL[j].AsSpan(i));
            }
        }

        return inverse;
    }
}
