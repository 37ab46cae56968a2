namespace LogMl.Optimization.GaussianProcesses;

/// <summary>A point that may be proposed.</summary>
/// <param name="Values">The values of the point.</param>
/// <param name="Row">The features of the point.</param>
/// <param name="Score">The value of the acquisition function.</param>
internal sealed record Candidate(ParameterValues Values, double[] Row, double Score);
