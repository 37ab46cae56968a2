using LogMl.Generator.Binding;

namespace LogMl.Generator.Emit;

/// <summary>
/// Writes how a step gets its logger: from the caller of the run, or from a class that writes lines to standard error, which becomes the
/// log of the trial.
/// </summary>
internal static class LoggerEmitter
{
    private const string Logging = "global::Microsoft.Extensions.Logging.";

    public static void Write(IndentedWriter writer)
    {
        var parameters = $"({Services.LoggerFactory}? {Services.LoggersLocal}, string step)";
        writer.Line($"private static {Logging}ILogger {Services.LoggerMethod}{parameters} =>");
        writer.Line($"    {Services.LoggersLocal} is null ? new {Services.LoggerClass}(step) : "
            + $"{Services.LoggersLocal}.CreateLogger(step);");
        writer.Line();
        writer.Line($"private static {Logging}ILogger<TCategory> {Services.LoggerMethod}<TCategory>{parameters} =>");
        writer.Line($"    {Services.LoggersLocal} is null ? new {Services.LoggerClass}<TCategory>(step) : "
            + $"new {Logging}Logger<TCategory>({Services.LoggersLocal});");
        writer.Line();
        writer.Block($"private class {Services.LoggerClass}(string step) : {Logging}ILogger", () =>
        {
            writer.Line("public global::System.IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;");
            writer.Line();
            writer.Line($"public bool IsEnabled({Logging}LogLevel logLevel) => logLevel != {Logging}LogLevel.None;");
            writer.Line();
            var log = $"public void Log<TState>({Logging}LogLevel logLevel, {Logging}EventId eventId, TState state, "
                + "global::System.Exception? exception, global::System.Func<TState, global::System.Exception?, string> formatter)";
            writer.Block(log, () => writer.Block("if (IsEnabled(logLevel))", () =>
            {
                writer.Line("global::System.Console.Error.WriteLine($\"{logLevel}: {step}: {formatter(state, exception)}\");");
                writer.Block("if (exception is not null)", () => writer.Line("global::System.Console.Error.WriteLine(exception);"));
            }));
        });
        writer.Line();
        writer.Line($"private sealed class {Services.LoggerClass}<TCategory>(string step) : "
            + $"{Services.LoggerClass}(step), {Logging}ILogger<TCategory>;");
    }
}
