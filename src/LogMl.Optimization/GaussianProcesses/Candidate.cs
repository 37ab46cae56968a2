namespace LogMl.Optimization.GaussianProcesses;

/// <summary>A point that may be proposed.</summary>
/// <param name="Values">Its values.</param>
/// <param name="Row">Its features.</param>
/// <param name="Score">How promising it is.</param>
internal sealed record Candidate(ParameterValues Values, double[] Row, double Score);
