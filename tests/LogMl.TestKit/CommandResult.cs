namespace LogMl.TestKit;

/// <summary>The output of a command, both streams in one, and its exit code.</summary>
/// <param name="Command">The command line, for messages.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its output.</param>
/// <param name="Folder">The folder in which it ran. It is kept when an expectation is not met.</param>
public sealed record CommandResult(string Command, int ExitCode, string Output, TempDirectory? Folder)
{
    /// <summary>The lines of the output, trimmed.</summary>
    public IReadOnlyList<string> Lines { get; } = Output.Split('\n', StringSplitOptions.TrimEntries);

    /// <summary>The lines that report an error, each once: MSBuild repeats them at the end.</summary>
    public IReadOnlyList<string> Errors =>
        [.. Lines.Where(line => line.Contains(": error ", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];

    /// <summary>Lines that report a warning, each once.</summary>
    public IReadOnlyList<string> Warnings =>
        [.. Lines.Where(line => line.Contains(": warning ", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether the output has a text.</summary>
    public bool Has(string text) => Output.Contains(text, StringComparison.Ordinal);

    /// <summary>Expects success without a warning.</summary>
    public CommandResult Succeeded() => Expect(ExitCode == 0 && Warnings.Count == 0, "success without a warning");

    /// <summary>Expects failure.</summary>
    public CommandResult Failed() => Expect(ExitCode != 0, "failure");

    /// <summary>Expects a text in the output.</summary>
    public CommandResult Shows(string text) => Expect(Has(text), $"the output to have '{text}'");

    /// <summary>Expects that a text is not in the output.</summary>
    public CommandResult DoesNotShow(string text) => Expect(!Has(text), $"the output not to have '{text}'");

    /// <summary>Expects failure with exactly one error, of this code, with these texts in it.</summary>
    public CommandResult FailedOnlyWith(string code, params string[] texts)
    {
        Failed().Expect(Errors.Count == 1, "exactly one error");
        return Expect(
            Errors[0].Contains($": error {code}: ", StringComparison.Ordinal) && Array.TrueForAll(
                texts, text => Errors[0].Contains(text, StringComparison.Ordinal)),
            $"the error to be {code} with '{string.Join("', '", texts)}'");
    }

    /// <summary>Expects that a condition is true.</summary>
    public CommandResult Expect(bool met, string what)
    {
        if (!met)
        {
            Folder?.Keep();
            throw new ExpectationException($"Expected {what}, in {Folder?.Path}:{Environment.NewLine}$ {Command}{Environment.NewLine}{Output}(exit code {ExitCode})");
        }

        return this;
    }
}

/// <summary>A command did not do what a test expects.</summary>
public sealed class ExpectationException(string message) : Exception(message);
