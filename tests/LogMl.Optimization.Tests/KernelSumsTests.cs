using System.Runtime.Intrinsics;
using LogMl.Optimization.Numerics;
using LogMl.Optimization.Tpe;
using LogMl.Shared;

namespace LogMl.Optimization.Tests;

/// <summary>The vectorised loops compared, bit for bit, with the plain ones that they stand for.</summary>
public class KernelSumsTests
{
    private const int Lanes = KernelSums.Lanes;

    [Fact]
    public void Exp_of_vectors_has_the_bits_of_the_scalar_one()
    {
        var random = new RandomStream(1, 1);
        for (var i = 0; i < 20_000; i++)
        {
            var x = i % 3 == 0 ? -700 * random.NextDouble() : 60 * (random.NextDouble() - 0.5);
            double[] lanes = [x, -x / 100, 0, -0.0, -700, x / 7, -1e-300, -701];
            var actual = new double[Lanes];
            VectorMath.Exp(Vector512.Create(lanes)).CopyTo(actual);
            Assert.Equal(lanes.Take(7).Select(PortableMath.Exp), actual.Take(7));
            Assert.Equal(0, actual[7]);
        }
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(24, 5)]
    [InlineData(32, 20)]
    [InlineData(104, 3)]
    [InlineData(256, 20)]
    public void Distances_have_the_bits_of_a_plain_loop(int kernels, int axes)
    {
        const int Stride = 264;
        var random = new RandomStream(kernels, axes);
        var centers = Numbers(random, axes * Stride);
        var x = Numbers(random, axes);
        var terms = Numbers(random, kernels);
        double[] expected = [.. terms.Select((term, k) =>
        {
            double sum = 0;
            for (var d = 0; d < axes; d++)
            {
                var z = x[d] - centers[d * Stride + k];
                sum += z * z;
            }

            return term - 0.5 * sum;
        })];
        KernelSums.SubtractDistances(centers, Stride, x, terms);
        Assert.Equal(expected, terms);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(40)]
    public void Axes_that_not_every_kernel_has_and_choices_have_the_bits_of_plain_loops(int kernels)
    {
        var random = new RandomStream(kernels, 0);
        double[] centers = [.. Numbers(random, kernels).Select((c, k) => k % 3 == 0 ? double.NaN : c)];
        var norms = Numbers(random, kernels);
        var terms = Numbers(random, kernels);
        double[] expected = [.. terms.Select((t, k) =>
        {
            var z = 0.3 - centers[k];
            return t + (double.IsNaN(z) ? -1.5 : norms[k] - 0.5 * (z * z));
        })];
        KernelSums.AddNormals(centers, norms, 0.3, -1.5, terms);
        Assert.Equal(expected, terms);

        double[] options = [.. Enumerable.Range(0, kernels).Select(k => k % 4 == 0 ? double.NaN : k % 4)];
        expected = [.. terms.Select((t, k) => t + (double.IsNaN(options[k]) ? 0.1 : options[k] == 2 ? 0.2 : 0.3))];
        KernelSums.AddOptions(options, 2, 0.2, 0.3, 0.1, terms);
        Assert.Equal(expected, terms);

        expected = [.. terms.Zip(norms, (a, b) => a + b)];
        KernelSums.AddRow(norms, terms);
        Assert.Equal(expected, terms);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(200)]
    public void The_sum_of_exponentials_has_the_bits_of_eight_plain_sums(int kernels)
    {
        var random = new RandomStream(kernels, 2);
        double[] terms = [.. Numbers(random, kernels).Select(t => 30 * t)];
        if (kernels > 0)
        {
            terms[^1] = double.NegativeInfinity;
        }

        const double First = 1.25;
        var top = terms.Append(First).Max();
        var sums = new double[Lanes];
        for (var k = 0; k < kernels; k++)
        {
            sums[k % Lanes] += PortableMath.Exp(terms[k] - top);
        }

        var sum = PortableMath.Exp(First - top);
        Array.ForEach(sums, s => sum += s);
        Assert.Equal(top + PortableMath.Log(sum), KernelSums.LogSumExp(First, terms));
    }

    private static double[] Numbers(RandomStream random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => 4 * random.NextDouble() - 2)];
}
