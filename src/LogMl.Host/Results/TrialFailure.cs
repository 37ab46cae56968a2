using System.Globalization;
using LogMl.Shared;
using LogMl.Shared.Wire;

namespace LogMl.Host.Results;

/// <summary>
/// Why a trial failed. The texts are cut to a maximum length here, whatever their origin, so that what is stored, written and shown is
/// bounded.
/// </summary>
/// <param name="Step">The step that ran; null when that is unknown.</param>
/// <param name="Exception">The type of the exception; empty when there was none.</param>
/// <param name="Message">What went wrong, in a sentence or more.</param>
/// <param name="Stack">The exception with its stack trace; empty when there was none.</param>
internal sealed record TrialFailure(string? Step, string Exception, string Message, string Stack)
{
    private const int LongestHeadline = 240;

    /// <summary>The fold in which it failed, when folds of a trial run in several workers.</summary>
    public int? Fold { get; init; }

    /// <summary>The end of what it printed; null when it printed nothing, or when that is not known.</summary>
    public string? Output { get; init; }

    public string Message { get; } = BoundedText.Cut(Message, BoundedText.LongestMessage);

    public string Stack { get; } = BoundedText.Cut(Stack, BoundedText.LongestStack);

    /// <summary>What a worker has sent.</summary>
    /// <param name="step">The step that ran; null when that is unknown.</param>
    /// <param name="thrown">What went wrong.</param>
    public static TrialFailure Of(string? step, Thrown thrown) => new(step, thrown.Exception, thrown.Message, thrown.Stack);

    /// <summary>The failure in one line: <c>model_train: System.IO.FileNotFoundException: Could not find ...</c></summary>
    public string Summary => Step is null ? What : $"{Step}: {What}";

    /// <summary>The failure in one line without the step.</summary>
    public string What
    {
        get
        {
            var message = OneLine.Of(Message);
            return Exception.Length == 0 || message.Length == 0 ? Exception + message : $"{Exception}: {message}";
        }
    }

    /// <summary>The summary, cut for logs. error.txt has it whole.</summary>
    public string Headline => BoundedText.Cut(Summary, LongestHeadline);

    /// <summary>The type of the failure for telemetry: that of the exception.</summary>
    public string ErrorType => Exception.Length == 0 ? TelemetryNames.OtherError : Exception;

    /// <summary>The whole failure: the content of error.txt.</summary>
    public string Text => Summary + "\n" + FoldText + (Stack.Length == 0 ? "" : "\n" + Stack + "\n");

    /// <summary>The same, and the end of what the trial printed.</summary>
    public string TextWithOutput => Text + (Output is null ? "" : $"\nThe end of what the trial printed:\n{Output}\n");

    private string FoldText => Fold is { } fold
        ? string.Create(CultureInfo.InvariantCulture, $"\nThis was in fold {fold}, whose output is in {TrialFolder.NameOfFold(fold)}.\n")
        : "";
}
