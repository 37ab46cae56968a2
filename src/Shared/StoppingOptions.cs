namespace LogMl.Shared;

/// <summary>The keys of the YAML that end a search early, and those that say what to do with a point that was tried before.</summary>
internal static class StoppingOptions
{
    public const string Trials = "trials";
    public const string MinTrials = "min_trials";
    public const string ErrorLevel = "error_level";
    public const string Delta = "delta";
    public const string Candidates = "candidates";
    public const string Reevaluate = "reevaluate";
    public const string Reuse = "reuse";
    public const string Skip = "skip";

    /// <summary>The words of <c>duplicates</c>.</summary>
    public static readonly string[] Duplicates = [Reevaluate, Reuse, Skip];

    /// <summary>The options of <c>no_improvement</c>.</summary>
    public static readonly OptionRule[] NoImprovement = [OptionRule.Integer(Trials, 1), OptionRule.Number("min_relative_improvement", 0, 0.999999)];

    /// <summary>The options of <c>terminator</c>.</summary>
    public static readonly OptionRule[] Terminator =
    [
        OptionRule.Integer(MinTrials, 2), OptionRule.Between(ErrorLevel, 0), OptionRule.Between(Delta, 0, 1), OptionRule.Integer(Candidates, 1),
    ];
}
