using Microsoft.Extensions.Logging;

namespace LogMl.Host;

/// <summary>Shows the log of the storage as messages of the build.</summary>
internal sealed class EventLogger(HostEvents events) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        events.Message(formatter(state, exception));
}
