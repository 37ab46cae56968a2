using LogMl.Optimization.Numerics;

namespace LogMl.Optimization.MultiObjective;

/// <summary>
/// The trials that survive as parents: the best fronts, and the least crowded members of the front that fits only in part (Deb et al. 2002,
/// section III.C).
/// </summary>
internal sealed class Parents
{
    public static readonly Parents None = new([], [], []);

    private readonly int[] _numbers;
    private readonly int[] _ranks;
    private readonly double[] _distances;

    private Parents(int[] numbers, int[] ranks, double[] distances)
    {
        _numbers = numbers;
        _ranks = ranks;
        _distances = distances;
    }

    public int Count => _numbers.Length;

    /// <summary>Selects the best of these parents and of a generation of their children.</summary>
    public Parents Select(History history, IEnumerable<int> children, int count)
    {
        var numbers = new List<int>();
        var ranks = new List<int>();
        var distances = new List<double>();
        var fronts = ParetoFronts.Sort(history, [.. _numbers.Concat(children).Order()]);
        for (var rank = 0; rank < fronts.Count && numbers.Count < count; rank++)
        {
            var crowding = CrowdingDistance.Of(history, fronts[rank]);
            int[] order = [.. Enumerable.Range(0, crowding.Length).OrderByDescending(i => crowding[i]).Take(count - numbers.Count)];
            numbers.AddRange(order.Select(i => fronts[rank][i]));
            distances.AddRange(order.Select(i => crowding[i]));
            ranks.AddRange(order.Select(_ => rank));
        }

        return new Parents([.. numbers], [.. ranks], [.. distances]);
    }

    /// <summary>
    /// Binary tournament: the number of the better of two random parents, by the front and then by the crowding distance.
    /// </summary>
    public int Tournament(RandomStream random)
    {
        var a = (int)random.NextBelow((ulong)Count);
        var b = (int)random.NextBelow((ulong)Count);
        var isFirst = _ranks[a] < _ranks[b] || (_ranks[a] == _ranks[b] && _distances[a] >= _distances[b]);
        return _numbers[isFirst ? a : b];
    }
}
