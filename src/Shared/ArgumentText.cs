namespace LogMl.Shared;

/// <summary>What an <see cref="ArgumentException"/> says to somebody who has written YAML or JSON, and no call.</summary>
internal static class ArgumentText
{
    /// <summary>The message without the name of the parameter in C#, which .NET appends in brackets.</summary>
    public static string Of(ArgumentException exception) =>
        exception.ParamName is { } name ? exception.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : exception.Message;
}
