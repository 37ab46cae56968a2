namespace LogMl.Optimization.CmaEs;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's cyclic rotations (G. Golub, C. Van Loan, "Matrix computations", 4th ed.,
/// section 8.5). The method is slower than a tridiagonal reduction, but accurate and short. It only uses + - * / and square roots in a
/// fixed order, so its result is the same to the bit on every machine.
/// </summary>
internal static class JacobiEigen
{
    private const int MaxSweeps = 60;
    private const double Tolerance = 1e-30;

    /// <summary>Decomposes <paramref name="matrix"/> = V diag(values) V'.</summary>
    /// <param name="matrix">A symmetric matrix.</param>
    /// <returns>The eigenvalues, not sorted, and the eigenvectors as the columns of V in the same order.</returns>
    public static (double[] Values, double[,] Vectors) Decompose(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var a = (double[,])matrix.Clone();
        var v = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            v[i, i] = 1;
        }

        for (var sweep = 0; sweep < MaxSweeps && !IsDiagonal(a); sweep++)
        {
            for (var p = 0; p < n; p++)
            {
                for (var q = p + 1; q < n; q++)
                {
                    Rotate(a, v, p, q);
                }
            }
        }

        var values = new double[n];
        for (var i = 0; i < n; i++)
        {
            values[i] = a[i, i];
        }

        return (values, v);
    }

    private static bool IsDiagonal(double[,] a)
    {
        double diagonal = 0;
        double rest = 0;
        for (var i = 0; i < a.GetLength(0); i++)
        {
            diagonal += a[i, i] * a[i, i];
            for (var j = 0; j < i; j++)
            {
                rest += a[i, j] * a[i, j];
            }
        }

        return rest <= Tolerance * diagonal;
    }

    // The rotation in the plane (p, q) that makes a[p, q] zero: t is the smaller root of t^2 + 2 theta t - 1 = 0.
    private static void Rotate(double[,] a, double[,] v, int p, int q)
    {
        if (a[p, q] == 0)
        {
            return;
        }

        var theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        var t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        var c = 1 / Math.Sqrt(t * t + 1);
        var s = t * c;
        for (var k = 0; k < a.GetLength(0); k++)
        {
            (a[k, p], a[k, q]) = (c * a[k, p] - s * a[k, q], s * a[k, p] + c * a[k, q]);
        }

        for (var k = 0; k < a.GetLength(0); k++)
        {
            (a[p, k], a[q, k]) = (c * a[p, k] - s * a[q, k], s * a[p, k] + c * a[q, k]);
            (v[k, p], v[k, q]) = (c * v[k, p] - s * v[k, q], s * v[k, p] + c * v[k, q]);
        }

        (a[p, q], a[q, p]) = (0, 0);
    }
}
