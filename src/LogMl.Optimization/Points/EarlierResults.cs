namespace LogMl.Optimization.Points;

/// <summary>The complete trials by their points. If several are at the same point, it is the one with the lowest number.</summary>
internal sealed class EarlierResults
{
    private readonly Dictionary<ParameterValues, Trial> _trials = new(new SamePoint());

    public void Add(Trial trial)
    {
        if (Find(trial.Point) is not { } other || trial.Number < other.Number)
        {
            _trials[trial.Point] = trial;
        }
    }

    public Trial? Find(ParameterValues point) => _trials.GetValueOrDefault(point);

    private sealed class SamePoint : IEqualityComparer<ParameterValues>
    {
        public bool Equals(ParameterValues? x, ParameterValues? y) => x!.AsSpan().SequenceEqual(y!.AsSpan());

        public int GetHashCode(ParameterValues point)
        {
            var hash = new HashCode();
            foreach (var value in point.AsSpan())
            {
                hash.Add(value);
            }

            return hash.ToHashCode();
        }
    }
}
