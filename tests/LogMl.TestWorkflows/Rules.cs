namespace LogMl.TestWorkflows;

/// <summary>A search constraint that messages find in the sources.</summary>
internal static class Rules
{
    /// <returns>Always false.</returns>
    public static bool Nothing() => false;

    /// <returns>Whether a number is below 0.</returns>
    public static bool Below(double x) => x < 0;
}
