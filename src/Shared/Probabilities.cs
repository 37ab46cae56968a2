namespace LogMl.Shared;

/// <summary>What probabilities must be. Compiled into configuration and engine.</summary>
internal static class Probabilities
{
    /// <summary>By how much their sum may miss 1: people write 0.333333.</summary>
    public const double SumTolerance = 1e-6;
}
