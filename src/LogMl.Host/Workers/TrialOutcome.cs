using LogMl.Host.Results;

namespace LogMl.Host.Workers;

/// <summary>The outcome of a trial in its worker.</summary>
internal abstract record TrialOutcome
{
    private TrialOutcome()
    {
    }

    /// <summary>The workflow ran to its end.</summary>
    /// <param name="Scores">
    /// The scores by name for each part of the data (train, validate, test); the loss is the first, if there is one. They may be NaN or
    /// infinite.
    /// </param>
    public sealed record Completed(IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Scores) : TrialOutcome
    {
        private const string ValidationPart = "validate";

        /// <summary>The scores of the validation part, which the search looks at; none when there is no such part.</summary>
        public IReadOnlyDictionary<string, double> Validation => Scores.GetValueOrDefault(ValidationPart) ?? None;

        /// <summary>A result that has scores of the validation part alone.</summary>
        public static Completed Of(IReadOnlyDictionary<string, double> validation) =>
            new(new Dictionary<string, IReadOnlyDictionary<string, double>> { [ValidationPart] = validation });

        /// <summary>
        /// The end of what it printed; null unless <see cref="TrialRun.IsUsable"/> refuses the result, and when there is none.
        /// </summary>
        public string? Output { get; init; }

        private static IReadOnlyDictionary<string, double> None => new Dictionary<string, double>();
    }

    /// <summary>A step ended the trial early, on the pruner's decision or its own.</summary>
    public sealed record Pruned : TrialOutcome;

    /// <summary>A step threw, the trial exceeded a limit, or the process died.</summary>
    public record Failed(TrialFailure Failure) : TrialOutcome;

    /// <summary>
    /// The process was killed from outside, as far as can be seen neither by this host nor by itself. Such a failure says nothing about the
    /// parameters.
    /// </summary>
    public sealed record Lost(TrialFailure Failure) : Failed(Failure);

    /// <summary>The search was stopped during the trial, which does not count.</summary>
    public sealed record Interrupted : TrialOutcome;
}
