using LogMl.Shared;
using LogMl.Shared.Progress;
using Microsoft.Build.Framework;

namespace LogMl.Tasks;

/// <summary>
/// The messages that every logger shows. The terminal logger prints no ordinary message of a task, but it shows the progress of a test run,
/// which it recognizes by these types. Loggers that print lines print the text. The product sends no other messages of this kind: a test
/// result without both of its metadata keys ends the whole build with MSB4017.
/// </summary>
internal static class LoggerRow
{
    private const string Succeeded = "TLTESTPASSED";
    private const string Skipped = "TLTESTSKIPPED";
    private const string Output = "TLTESTOUTPUT";

    /// <summary>Replaces the live row: the count in green, or in yellow after a failed trial, then the rest.</summary>
    public static BuildMessageEventArgs Progress(TrialProgress progress) =>
        new ExtendedBuildMessageEventArgs(
            progress.HasFailed ? Skipped : Succeeded,
            VisibleText.Of(progress.Line),
            null,
            nameof(RunHyperOpt),
            MessageImportance.High)
        {
            ExtendedMetadata = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["localizedResult"] = VisibleText.Of(progress.Count),
                ["displayName"] = VisibleText.Of(progress.Row),
            },
        };

    /// <summary>A line that stays.</summary>
    public static BuildMessageEventArgs Line(string text) =>
        new ExtendedBuildMessageEventArgs(Output, VisibleText.Of(text), null, nameof(RunHyperOpt), MessageImportance.High);
}
