namespace LogMl.Shared;

/// <summary>How exactly a person or another program must write a value of a distribution. Compiled into the compiler's side and into the engine, so that both accept the same values.</summary>
internal static class ValueTolerance
{
    /// <summary>
    /// By how much a number may miss the value that it means, relative to q on a grid, else to the value: 0.3 is meant for 3 * 0.1, and 0.001 for the exponential of a logarithm that somebody has rounded.
    /// </summary>
    public const double Relative = 1e-9;
}
