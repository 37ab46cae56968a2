namespace LogMl.Host;

/// <summary>An error that ends the run with an error event.</summary>
/// <param name="code">The diagnostic, one of <see cref="HostErrors"/>.</param>
/// <param name="message">What is wrong, and what would be right.</param>
internal sealed class HostException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;

    /// <summary>Whether the cause lies outside, so that another attempt may succeed.</summary>
    public bool IsFromOutside { get; init; }

    /// <summary>Details that are too long for a message, such as a stack trace; or empty.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The place in the user's sources, when it is known.</summary>
    public SourcePlace Place { get; init; } = SourcePlace.Unknown;
}
