using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.Tpe;

/// <summary>
/// The inner loops of a mixture density. They compute the logarithm of the density of each kernel at one point, eight kernels at a time.
/// </summary>
/// <remarks>
/// The results are the same to the bit on every processor: vectors always have eight doubles, operations are elementwise, and the order of
/// reductions is fixed. All lengths are multiples of eight. The methods are compiled with all optimizations at the first call, because
/// unoptimized vector code would make the first hundred proposals of a process slow.
/// </remarks>
internal static class KernelSums
{
    /// <summary>The number of kernels that are computed at the same time.</summary>
    public const int Lanes = 8;

    private const int Block = 4 * Lanes;

    /// <summary>The smallest multiple of <see cref="Lanes"/> that is at least <paramref name="count"/>.</summary>
    public static int Padded(int count) => (count + Lanes - 1) / Lanes * Lanes;

    /// <summary>terms[k] -= 1/2 sum over d of (x[d] - centers[d, k])^2, both in units of the bandwidth.</summary>
    /// <param name="centers">The centers, with a row of <paramref name="stride"/> kernels for each axis.</param>
    /// <param name="stride">The length of a row.</param>
    /// <param name="x">The coordinates of the point.</param>
    /// <param name="terms">For each kernel, the logarithm so far.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SubtractDistances(ReadOnlySpan<double> centers, int stride, ReadOnlySpan<double> x, Span<double> terms)
    {
        var half = Vector512.Create(0.5);
        ref var c = ref MemoryMarshal.GetReference(centers);
        ref var t = ref MemoryMarshal.GetReference(terms);
        var k = 0;
        for (; k + Block <= terms.Length; k += Block)
        {
            // Four independent sums hide the latency of the additions.
            Vector512<double> s0 = Vector512<double>.Zero, s1 = s0, s2 = s0, s3 = s0;
            var row = (nuint)k;
            foreach (var coordinate in x)
            {
                var xd = Vector512.Create(coordinate);
                var z0 = xd - Vector512.LoadUnsafe(ref c, row);
                var z1 = xd - Vector512.LoadUnsafe(ref c, row + Lanes);
                var z2 = xd - Vector512.LoadUnsafe(ref c, row + 2 * Lanes);
                var z3 = xd - Vector512.LoadUnsafe(ref c, row + 3 * Lanes);
                s0 += z0 * z0;
                s1 += z1 * z1;
                s2 += z2 * z2;
                s3 += z3 * z3;
                row += (nuint)stride;
            }

            (Vector512.LoadUnsafe(ref t, (nuint)k) - half * s0).StoreUnsafe(ref t, (nuint)k);
            (Vector512.LoadUnsafe(ref t, (nuint)(k + Lanes)) - half * s1).StoreUnsafe(ref t, (nuint)(k + Lanes));
            (Vector512.LoadUnsafe(ref t, (nuint)(k + 2 * Lanes)) - half * s2).StoreUnsafe(ref t, (nuint)(k + 2 * Lanes));
            (Vector512.LoadUnsafe(ref t, (nuint)(k + 3 * Lanes)) - half * s3).StoreUnsafe(ref t, (nuint)(k + 3 * Lanes));
        }

        for (; k < terms.Length; k += Lanes)
        {
            var sum = Vector512<double>.Zero;
            var row = (nuint)k;
            foreach (var coordinate in x)
            {
                var z = Vector512.Create(coordinate) - Vector512.LoadUnsafe(ref c, row);
                sum += z * z;
                row += (nuint)stride;
            }

            (Vector512.LoadUnsafe(ref t, (nuint)k) - half * sum).StoreUnsafe(ref t, (nuint)k);
        }
    }

    /// <summary>
    /// Adds an axis that only some of the kernels have: terms[k] += norms[k] - (x - centers[k])^2 / 2, or <paramref name="without"/> if the
    /// center is NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddNormals(
        ReadOnlySpan<double> centers, ReadOnlySpan<double> norms, double x, double without, Span<double> terms)
    {
        var half = Vector512.Create(0.5);
        var missing = Vector512.Create(without);
        var point = Vector512.Create(x);
        ref var c = ref MemoryMarshal.GetReference(centers);
        ref var n = ref MemoryMarshal.GetReference(norms);
        ref var t = ref MemoryMarshal.GetReference(terms);
        for (nuint k = 0; k < (nuint)terms.Length; k += Lanes)
        {
            var z = point - Vector512.LoadUnsafe(ref c, k);
            var term = Vector512.LoadUnsafe(ref n, k) - half * (z * z);
            var chosen = Vector512.ConditionalSelect(Vector512.Equals(z, z), term, missing);
            (Vector512.LoadUnsafe(ref t, k) + chosen).StoreUnsafe(ref t, k);
        }
    }

    /// <summary>
    /// Adds a choice: terms[k] += <paramref name="same"/> for a kernel with the same option, <paramref name="other"/> for one with another
    /// option, or <paramref name="without"/> for one without an option (NaN).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddOptions(
        ReadOnlySpan<double> options, double option, double same, double other, double without, Span<double> terms)
    {
        var point = Vector512.Create(option);
        ref var o = ref MemoryMarshal.GetReference(options);
        ref var t = ref MemoryMarshal.GetReference(terms);
        for (nuint k = 0; k < (nuint)terms.Length; k += Lanes)
        {
            var at = Vector512.LoadUnsafe(ref o, k);
            var present = Vector512.ConditionalSelect(
                Vector512.Equals(at, point), Vector512.Create(same), Vector512.Create(other));
            var chosen = Vector512.ConditionalSelect(Vector512.Equals(at, at), present, Vector512.Create(without));
            (Vector512.LoadUnsafe(ref t, k) + chosen).StoreUnsafe(ref t, k);
        }
    }

    /// <summary>terms[k] += row[k].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddRow(ReadOnlySpan<double> row, Span<double> terms)
    {
        ref var r = ref MemoryMarshal.GetReference(row);
        ref var t = ref MemoryMarshal.GetReference(terms);
        for (nuint k = 0; k < (nuint)terms.Length; k += Lanes)
        {
            (Vector512.LoadUnsafe(ref t, k) + Vector512.LoadUnsafe(ref r, k)).StoreUnsafe(ref t, k);
        }
    }

    /// <summary>ln of exp(<paramref name="first"/>) + sum of exp(terms[k]).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double LogSumExp(double first, ReadOnlySpan<double> terms)
    {
        ref var t = ref MemoryMarshal.GetReference(terms);
        var greatest = Vector512.Create(first);
        for (nuint k = 0; k < (nuint)terms.Length; k += Lanes)
        {
            var term = Vector512.LoadUnsafe(ref t, k);
            greatest = Vector512.ConditionalSelect(Vector512.GreaterThan(term, greatest), term, greatest);
        }

        var top = first;
        for (var i = 0; i < Lanes; i++)
        {
            top = greatest[i] > top ? greatest[i] : top;
        }

        var shift = Vector512.Create(top);
        var sums = Vector512<double>.Zero;
        for (nuint k = 0; k < (nuint)terms.Length; k += Lanes)
        {
            sums += VectorMath.Exp(Vector512.LoadUnsafe(ref t, k) - shift);
        }

        var sum = PortableMath.Exp(first - top);
        for (var i = 0; i < Lanes; i++)
        {
            sum += sums[i];
        }

        return top + PortableMath.Log(sum);
    }
}
