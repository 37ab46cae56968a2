using LogMl.Shared;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace LogMl.Tasks;

/// <summary>
/// The messages of the tasks to the loggers of the build, and their codes. Each code has a page in docs/diagnostics. Texts may come from
/// user code: see <see cref="VisibleText"/>.
/// </summary>
internal static class Diagnostics
{
    /// <summary>It is not said which of several workflows is searched.</summary>
    public const string SeveralWorkflows = "LOGML1008";

    /// <summary>A property of <c>dotnet build -t:HyperOpt</c> has an invalid value.</summary>
    public const string BadOverride = "LOGML1010";

    /// <summary>A data file that the project declares does not exist.</summary>
    public const string DataMissing = "LOGML1011";

    /// <summary>A connection string is in a place that others can read.</summary>
    public const string SecretInProperty = "LOGML1012";

    /// <summary>The host ended without an error event.</summary>
    public const string HostDied = "LOGML1020";

    /// <summary>The search was interrupted from outside of the build.</summary>
    public const string Interrupted = "LOGML1021";

    /// <summary>A file that the task needs does not exist.</summary>
    public const string FileMissing = "LOGML1022";

    /// <summary>It is not said to which cluster a bundle is submitted.</summary>
    public const string NoCluster = "LOGML1050";

    /// <summary>The submission of a bundle ended without an error of its own.</summary>
    public const string NotSubmitted = "LOGML1051";

    /// <summary>There is no baseline to compare with.</summary>
    public const string NoBaseline = "LOGML1041";

    /// <summary>Logs an error. When its place is unknown, it is the project file, and never the private project of the package.</summary>
    public static void Error(TaskLoggingHelper log, string code, string file, int line, int column, string message) =>
        log.LogError(null, code, null, LinkOf(code), VisibleText.Of(file), line, column, 0, 0, "{0}", TextOf(code, message));

    /// <summary>Logs a warning, with its place as in <see cref="Error"/>.</summary>
    public static void Warning(TaskLoggingHelper log, string code, string file, int line, int column, string message) =>
        log.LogWarning(null, code, null, LinkOf(code), VisibleText.Of(file), line, column, 0, 0, "{0}", TextOf(code, message));

    /// <summary>Logs details that few need, such as output of the host that is no event.</summary>
    public static void Detail(TaskLoggingHelper log, string text, MessageImportance importance = MessageImportance.Low) =>
        log.LogMessage(importance, "{0}", VisibleText.Of(text));

    /// <summary>The message with its page, as the compiler shows it: only the terminal logger shows the link of an event.</summary>
    private static string TextOf(string code, string message) =>
        VisibleText.Of(message) + (LinkOf(code) is { } link ? $" ({link})" : "");

    private static string? LinkOf(string code) => code.Length == 0 ? null : HelpLink.Of(code);
}
