namespace LogMl.Optimization.GaussianProcesses;

/// <summary>A point that may be proposed: its values, its features, and how promising it is.</summary>
internal sealed class Candidate(ParameterValues values, double[] row)
{
    public ParameterValues Values => values;

    public double[] Row => row;

    public double Score { get; set; } = double.NegativeInfinity;
}
