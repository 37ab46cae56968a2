namespace LogMl.Optimization.MultiObjective;

/// <summary>The crowding distance: how far apart the neighbours of a trial on its front are (Deb et al. 2002, section III.B).</summary>
internal static class CrowdingDistance
{
    /// <summary>
    /// For each member of a front, the sum over the objectives of the distance of its two neighbours, in units of the range of the front.
    /// It is infinite for members with the smallest or the largest value of an objective.
    /// </summary>
    public static double[] Of(History history, int[] front)
    {
        var distances = new double[front.Length];
        for (var k = 0; k < history.ObjectiveCount; k++)
        {
            double[] losses = [.. front.Select(number => history.Loss(number, k))];
            int[] order = [.. Enumerable.Range(0, front.Length).OrderBy(i => losses[i])];
            var range = losses[order[^1]] - losses[order[0]];
            distances[order[0]] = double.PositiveInfinity;
            distances[order[^1]] = double.PositiveInfinity;
            for (var i = 1; i < order.Length - 1 && range > 0; i++)
            {
                distances[order[i]] += (losses[order[i + 1]] - losses[order[i - 1]]) / range;
            }
        }

        return distances;
    }
}
