namespace LogMl.Shared.Parameters;

/// <summary>The keys below a step of <c>functions</c> that are no parameters.</summary>
internal static class StepKeys
{
    /// <summary>Whether the step is switched on.</summary>
    public const string Enable = "enable";
}
