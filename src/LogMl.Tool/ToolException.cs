namespace LogMl.Tool;

/// <summary>An error that ends the tool with a line on stderr.</summary>
/// <param name="code">The diagnostic, one of <see cref="ToolErrors"/>.</param>
/// <param name="message">What is wrong, and what would be right.</param>
internal sealed class ToolException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;

    /// <summary>Whether something is not there that may come: a file, a table or a study.</summary>
    public bool IsMissing { get; init; }
}
