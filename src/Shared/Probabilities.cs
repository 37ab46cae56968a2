namespace LogMl.Shared;

/// <summary>The limits of probabilities. Compiled into configuration and engine.</summary>
internal static class Probabilities
{
    /// <summary>How far their sum may be from 1: people write 0.333333.</summary>
    public const double SumTolerance = 1e-6;
}
