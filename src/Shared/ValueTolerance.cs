namespace LogMl.Shared;

/// <summary>
/// How exactly a person or another program must write a value of a distribution. Compiled into configuration and engine, so that both
/// accept the same values.
/// </summary>
internal static class ValueTolerance
{
    /// <summary>
    /// How far a number may be from the value that it means: relative to q on a grid, else relative to the value. So 0.3 means 3 * 0.1, and
    /// 0.001 means the exponential of a rounded logarithm.
    /// </summary>
    public const double Relative = 1e-9;
}
