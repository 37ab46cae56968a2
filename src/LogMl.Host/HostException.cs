namespace LogMl.Host;

/// <summary>Something that ends the run with an error event.</summary>
/// <param name="code">The diagnostic, one of <see cref="HostErrors"/>.</param>
/// <param name="message">What is wrong, and what would be right.</param>
internal sealed class HostException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;

    /// <summary>Whether it is the doing of somebody else, so that another try may not meet it.</summary>
    public bool IsFromOutside { get; init; }

    /// <summary>What belongs to it and is too long for a message, such as a stack trace; or empty.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Where in the user's sources, when that is known.</summary>
    public SourcePlace Place { get; init; } = SourcePlace.Unknown;
}
