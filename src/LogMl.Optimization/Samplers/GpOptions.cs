namespace LogMl.Optimization;

/// <summary>The options of the Gaussian process.</summary>
public sealed record GpOptions
{
    public int StartupTrials { get; init; } = 16;
    public int PriorCandidates { get; init; } = 200;
    public int LocalCandidates { get; init; } = 200;
    public int LocalSearches { get; init; } = 4;
    public int ClimbIterations { get; init; } = 20;
    public int FitIterations { get; init; } = 40;
    public int FitStarts { get; init; } = 2;
    public double RefitGrowth { get; init; } = 0.1;
    public double ScaleMean { get; init; } = 1.4142;
    public double ScaleSigma { get; init; } = 1.7320508;
    public double VarianceSigma { get; init; } = 3;
    public double NoiseMean { get; init; } = -9;
    public double NoiseSigma { get; init; } = 3;
    public int Warp { get; init; } = 1;
    public double WarpStrength { get; init; } = 1;
    public double ExploreBelow { get; init; } = 1e-4;
    public int Incumbents { get; init; } = 5;
    public double Leap { get; init; } = 0.1;
    public int LeapMode { get; init; } = 1;
    public double AdditiveScaleMean { get; init; } = 0.3;
    public double AdditiveMean { get; init; } = -1;
    public double AdditiveSigma { get; init; } = 2;
    internal void Validate()
    {
    }
}
