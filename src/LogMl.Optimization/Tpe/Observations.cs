namespace LogMl.Optimization.Tpe;

/// <summary>The coordinates of all trials of a study, a column for each axis; NaN where a trial does not have the parameter.</summary>
internal sealed class Observations
{
    private const int FirstCapacity = 64;

    private readonly History _history;
    private readonly double[][] _coordinates;

    public Observations(History history)
    {
        _history = history;
        Axes = [.. history.Parameters.Select(parameter => new DensityAxis(parameter))];
        _coordinates = [.. Axes.Select(_ => new double[FirstCapacity])];
    }

    public DensityAxis[] Axes { get; }

    public int Count { get; private set; }

    public double[] Coordinates(int axis) => _coordinates[axis];

    public double Value(int axis, int trial) => _history.Column(axis)[trial];

    /// <summary>Adds the trials that have started since the last call.</summary>
    public void Update()
    {
        for (var a = 0; a < Axes.Length; a++)
        {
            var values = _history.Column(a);
            if (values.Length > _coordinates[a].Length)
            {
                Array.Resize(ref _coordinates[a], Math.Max(values.Length, _coordinates[a].Length * 2));
            }

            var column = _coordinates[a];
            for (var i = Count; i < values.Length; i++)
            {
                column[i] = double.IsNaN(values[i]) ? double.NaN : Axes[a].ToCoordinate(values[i]);
            }
        }

        Count = _history.Count;
    }
}
