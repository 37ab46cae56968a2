using Microsoft.Extensions.Logging;

namespace LogMl.Storage.Databases;

/// <summary>What is logged about a database.</summary>
internal static partial class DatabaseLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Database} does not answer ({Reason}); it is tried again.")]
    public static partial void DoesNotAnswer(this ILogger logger, string database, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The {Database} has no connection left (too many clients); it is tried again until one is free.")]
    public static partial void IsFull(this ILogger logger, string database);

    [LoggerMessage(Level = LogLevel.Information, Message = "The {Database} answers again.")]
    public static partial void AnswersAgain(this ILogger logger, string database);
}
