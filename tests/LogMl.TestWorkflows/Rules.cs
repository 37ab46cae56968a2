namespace LogMl.TestWorkflows;

/// <summary>A search constraint that messages find in the sources.</summary>
internal static class Rules
{
    /// <returns>Always false.</returns>
    public static bool Nothing() => false;
}
