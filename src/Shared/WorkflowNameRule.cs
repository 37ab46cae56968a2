namespace LogMl.Shared;

/// <summary>What can be the name of a workflow. The name is in that of a namespace, of a study and of its folder.</summary>
internal static class WorkflowNameRule
{
    /// <summary>The rule in words.</summary>
    public const string Text = "a name begins with a letter, has letters, digits, '_' and '-', and at most 50 characters";

    private const int MaxLength = 50;

    public static bool Allows(string name) =>
        name.Length is > 0 and <= MaxLength
        && char.IsLetter(name[0])
        && name.All(c => char.IsLetter(c) || c is (>= '0' and <= '9') or '_' or '-');
}
