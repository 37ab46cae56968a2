using LogMl.Shared;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace LogMl.Tasks;

/// <summary>What the tasks say through the loggers of the build, and the codes, each of which has a page in docs/diagnostics. Texts may come from user code: see <see cref="VisibleText"/>.</summary>
internal static class Diagnostics
{
    /// <summary>A property of <c>dotnet build -t:HyperOpt</c> has a value that it cannot have.</summary>
    public const string BadOverride = "LOGML1010";

    /// <summary>A data file that the project declares is not there.</summary>
    public const string DataMissing = "LOGML1011";

    /// <summary>A connection string stands where everybody can read it.</summary>
    public const string SecretInProperty = "LOGML1012";

    /// <summary>The host ended without saying why.</summary>
    public const string HostDied = "LOGML1020";

    /// <summary>The search was interrupted, but not through the build.</summary>
    public const string Interrupted = "LOGML1021";

    /// <summary>A file that the task needs is not there.</summary>
    public const string FileMissing = "LOGML1022";

    /// <summary>Logs an error; a place that is not known becomes the project file, never the private project of the package.</summary>
    public static void Error(TaskLoggingHelper log, string code, string file, int line, int column, string message) =>
        log.LogError(null, code, null, LinkOf(code), VisibleText.Of(file), line, column, 0, 0, "{0}", VisibleText.Of(message));

    /// <summary>Logs a warning, in the manner of <see cref="Error"/>.</summary>
    public static void Warning(TaskLoggingHelper log, string code, string file, int line, int column, string message) =>
        log.LogWarning(null, code, null, LinkOf(code), VisibleText.Of(file), line, column, 0, 0, "{0}", VisibleText.Of(message));

    /// <summary>Logs what few want to read, for example what the host has printed that is no event.</summary>
    public static void Detail(TaskLoggingHelper log, string text, MessageImportance importance = MessageImportance.Low) =>
        log.LogMessage(importance, "{0}", VisibleText.Of(text));

    private static string? LinkOf(string code) => code.Length == 0 ? null : HelpLink.Of(code);
}
