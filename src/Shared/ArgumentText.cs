namespace LogMl.Shared;

/// <summary>The message of an <see cref="ArgumentException"/> for people who write YAML or JSON instead of C#.</summary>
internal static class ArgumentText
{
    /// <summary>The message without the C# name of the parameter, which .NET appends in brackets.</summary>
    public static string Of(ArgumentException exception) =>
        exception.ParamName is { } name
            ? exception.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
            : exception.Message;
}
