namespace LogMl.Optimization.MultiObjective;

/// <summary>
/// The volume that a set of points dominates, which measures the quality of a front in all objectives together (E. Zitzler, L. Thiele,
/// "Multiobjective optimization using evolutionary algorithms", 1998).
/// </summary>
public static class Hypervolume
{
    /// <summary>
    /// The exact hypervolume, by slicing along one objective after the other (L. While et al., "A faster algorithm for calculating
    /// hypervolume", 2006): for n points, n log n operations with two objectives, and n^(m-1) log n with m objectives.
    /// </summary>
    /// <param name="points">
    /// The objectives of each point; lower is better. Points that are not better than the reference in each objective are ignored.
    /// </param>
    /// <param name="reference">The reference point: a value for each objective, at least one.</param>
    /// <returns>The volume of the region that the points dominate, up to the reference; at least 0.</returns>
    /// <exception cref="ArgumentException">The numbers of objectives of a point and of the reference differ, or a value is NaN.</exception>
    public static double Compute(IEnumerable<IReadOnlyList<double>> points, IReadOnlyList<double> reference)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(reference);
        var inside = new List<double[]>();
        foreach (var point in points)
        {
            if (point.Count != reference.Count || reference.Count == 0 || point.Any(double.IsNaN) || reference.Any(double.IsNaN))
            {
                throw new ArgumentException(
                    $"A point needs as many objectives as the reference, {reference.Count}, and numbers; got ({string.Join(", ", point)}).",
                    nameof(points));
            }

            if (point.Zip(reference).All(pair => pair.First < pair.Second))
            {
                inside.Add([.. point]);
            }
        }

        return Slice(inside, reference, reference.Count);
    }

    // The volume in the first objectives. It is a sum of slices between neighbouring values of the last one, each with the volume in the
    // other objectives of the points below the slice.
    private static double Slice(List<double[]> points, IReadOnlyList<double> reference, int objectives)
    {
        var last = objectives - 1;
        if (points.Count == 0)
        {
            return 0;
        }

        if (objectives == 1)
        {
            return reference[0] - points.Min(point => point[0]);
        }

        List<double[]> sorted = [.. points.OrderBy(point => point[last])];
        double volume = 0;
        var least = reference[0];
        var below = new List<double[]>(sorted.Count);
        for (var i = 0; i < sorted.Count; i++)
        {
            below.Add(sorted[i]);
            least = Math.Min(least, sorted[i][0]);
            var thickness = (i + 1 < sorted.Count ? sorted[i + 1][last] : reference[last]) - sorted[i][last];
            if (thickness > 0)
            {
                volume += thickness * (objectives == 2 ? reference[0] - least : Slice(below, reference, last));
            }
        }

        return volume;
    }
}
