using LogMl.Optimization.CmaEs;
using LogMl.Optimization.GaussianProcesses;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace LogMl.Optimization.Tests;

/// <summary>
/// The engine's own linear algebra and minimizer, against those of MathNet.Numerics. (The engine has its own, because the bits of its
/// proposals must be the same on every machine; those of MathNet.Numerics depend on its provider.)
/// </summary>
public class MathNetOracleTests
{
    public static TheoryData<int, int> SizesAndSeeds => new() { { 1, 1 }, { 2, 2 }, { 3, 3 }, { 8, 4 }, { 8, 5 }, { 25, 6 }, { 40, 7 } };

    [Theory]
    [MemberData(nameof(SizesAndSeeds))]
    public void The_Cholesky_factor_its_solutions_its_determinant_and_its_inverse_agree(int size, int seed)
    {
        var matrix = PositiveDefinite(size, seed);
        var right = Vector<double>.Build.Random(size, seed + 100);
        var expected = matrix.Cholesky();
        var inverse = matrix.Inverse();
        var factor = new CholeskyFactor();
        for (var i = 0; i < size; i++)
        {
            factor.Append(matrix.Row(i).AsArray().AsSpan(0, i + 1), 1e-12);
        }

        double[] solution = [.. right];
        factor.SolveLower(solution);
        factor.SolveUpper(solution);
        var actualInverse = factor.Inverse();

        Close(expected.Solve(right), solution);
        Assert.Equal(expected.DeterminantLn, factor.LogDeterminant(), 1e-9 * Math.Max(1, Math.Abs(expected.DeterminantLn)));
        for (var i = 0; i < size; i++)
        {
            Close(expected.Factor.Row(i).SubVector(0, i + 1), factor.Row(i).ToArray());
            Close(inverse.Row(i).SubVector(0, i + 1), actualInverse[i]);
        }
    }

    [Theory]
    [MemberData(nameof(SizesAndSeeds))]
    public void The_eigenvalues_agree_and_the_eigenvectors_make_the_matrix_again(int size, int seed)
    {
        var half = Matrix<double>.Build.Random(size, size, seed);
        var matrix = half + half.Transpose();
        var (values, vectors) = JacobiEigen.Decompose(matrix.ToArray());
        var v = Matrix<double>.Build.DenseOfArray(vectors);

        Close(matrix.Evd(Symmetricity.Symmetric).EigenValues.Map(value => value.Real), [.. values.Order()]);
        Assert.True((v * Matrix<double>.Build.DiagonalOfDiagonalArray(values) * v.Transpose() - matrix).FrobeniusNorm() < 1e-10);
        Assert.True((v.Transpose() * v - Matrix<double>.Build.DenseIdentity(size)).FrobeniusNorm() < 1e-10);
    }

    [Theory]
    [InlineData(-2, 2)]
    [InlineData(-2, 0.5)]
    [InlineData(1.25, 3)]
    public void The_minimum_of_a_valley_agrees_inside_of_the_bounds_and_at_them(double low, double high)
    {
        double[] start = [(low + high) / 2, (low + high) / 2 + (high - low) / 5];
        double[] found = [.. start];
        var value = new LimitedMemoryBfgs(memory: 8, maxIterations: 2000, tolerance: 1e-16).Minimize(
            (x, gradient) =>
            {
                SlopeOfValley(x[0], x[1]).CopyTo(gradient);
                return Valley(x[0], x[1]);
            },
            found, [low, low], [high, high], 0.1);
        var oracle = new BfgsBMinimizer(1e-10, 1e-10, 1e-12, 2000).FindMinimum(
            ObjectiveFunction.Gradient(x => Valley(x[0], x[1]), x => Vector<double>.Build.Dense(SlopeOfValley(x[0], x[1]))),
            Vector<double>.Build.Dense(2, low),
            Vector<double>.Build.Dense(2, high),
            Vector<double>.Build.Dense(start));

        Assert.Equal(oracle.FunctionInfoAtMinimum.Value, value, 1e-6);
        Assert.Equal(oracle.MinimizingPoint[0], found[0], 1e-3);
        Assert.Equal(oracle.MinimizingPoint[1], found[1], 1e-3);
    }

    private static Matrix<double> PositiveDefinite(int size, int seed)
    {
        var half = Matrix<double>.Build.Random(size, size, seed);
        return half * half.Transpose() + 0.1 * Matrix<double>.Build.DenseIdentity(size);
    }

    /// <summary>Rosenbrock's function: its minimum, 0 at (1, 1), lies in a curved valley.</summary>
    private static double Valley(double x, double y) => (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x);

    private static double[] SlopeOfValley(double x, double y) => [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)];

    private static void Close(Vector<double> expected, double[] actual)
    {
        Assert.Equal(expected.Count, actual.Length);
        Assert.True((expected - Vector<double>.Build.Dense(actual)).L2Norm() <= 1e-9 * Math.Max(1, expected.L2Norm()), $"{expected} is not {string.Join(' ', actual)}");
    }
}
