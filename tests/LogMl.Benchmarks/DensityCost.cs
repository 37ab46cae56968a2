using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using LogMl.Optimization.Numerics;
using LogMl.Optimization.Tpe;
using LogMl.Shared;

namespace LogMl.Benchmarks;

/// <summary>
/// The inner loops of TPE's mixture density. <see cref="Arithmetic"/> does the subtractions, multiplications and additions of
/// <see cref="Distances"/> on numbers that never leave the registers: the quotient of the two says how far the loop is from what the
/// processor can do.
/// </summary>
[MemoryDiagnoser]
public class DensityCost
{
    private const int Kernels = 256;
    private const int Axes = 20;

    private readonly double[] _centers = Numbers(Axes * Kernels);
    private readonly double[] _point = Numbers(Axes);
    private readonly double[] _terms = new double[Kernels];

    public static void Run() => BenchmarkRunner.Run<DensityCost>(
        DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)));

    /// <summary>The squared distances of a point from all kernels.</summary>
    [Benchmark(Baseline = true)]
    public double Distances()
    {
        Array.Clear(_terms);
        KernelSums.SubtractDistances(_centers, Kernels, _point, _terms);
        return _terms[0];
    }

    /// <summary>The same number of the same operations, without loads and stores.</summary>
    [Benchmark]
    public double Arithmetic()
    {
        Vector512<double> s0 = Vector512.Create(_point[0]),
            s1 = Vector512.Create(_point[1]),
            s2 = Vector512.Create(_point[2]),
            s3 = Vector512.Create(_point[3]);
        Vector512<double> c0 = Vector512.Create(_point[4]),
            c1 = Vector512.Create(_point[5]),
            c2 = Vector512.Create(_point[6]),
            c3 = Vector512.Create(_point[7]);
        var x = Vector512.Create(_point[8]);
        for (var i = 0; i < Kernels * Axes / (4 * KernelSums.Lanes); i++)
        {
            Vector512<double> z0 = x - c0, z1 = x - c1, z2 = x - c2, z3 = x - c3;
            s0 += z0 * z0;
            s1 += z1 * z1;
            s2 += z2 * z2;
            s3 += z3 * z3;
            (c0, c1, c2, c3) = (z3, z0, z1, z2);
        }

        return Vector512.Sum(s0 + s1 + s2 + s3);
    }

    /// <summary>The logarithm of the sum of the exponentials of all kernels.</summary>
    [Benchmark]
    public double LogSumExp() => KernelSums.LogSumExp(0, _centers.AsSpan(0, Kernels));

    /// <summary>Distances and logarithm with one number at a time.</summary>
    [Benchmark]
    public double OneAtATime()
    {
        var sum = 0.0;
        for (var k = 0; k < Kernels; k++)
        {
            var squares = 0.0;
            for (var d = 0; d < Axes; d++)
            {
                var z = _point[d] - _centers[d * Kernels + k];
                squares += z * z;
            }

            sum += PortableMath.Exp(-0.5 * squares);
        }

        return PortableMath.Log(sum);
    }

    private static double[] Numbers(int count)
    {
        var random = new RandomStream(1, count);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
    }
}
