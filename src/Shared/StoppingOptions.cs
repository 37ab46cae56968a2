namespace LogMl.Shared;

/// <summary>The YAML keys that end a search early, and those that say what to do with a point that was tried before.</summary>
internal static class StoppingOptions
{
    public const string Trials = "trials";
    public const string MinRelativeImprovement = "min_relative_improvement";
    public const string Reevaluate = "reevaluate";
    public const string Reuse = "reuse";
    public const string Skip = "skip";

    /// <summary>The words of <c>duplicates</c>.</summary>
    public static readonly string[] Duplicates = [Reevaluate, Reuse, Skip];

    /// <summary>The options of <c>no_improvement</c>; it needs <see cref="Trials"/>.</summary>
    public static readonly OptionRule[] NoImprovement = [OptionRule.Integer(Trials, 1), OptionRule.Below(MinRelativeImprovement, 0, 1)];

    /// <summary>The options of <c>terminator</c>.</summary>
    public static readonly OptionRule[] Terminator =
    [
        OptionRule.Integer("min_trials", 2), OptionRule.Between("error_level", 0), OptionRule.Between("delta", 0, 1),
        OptionRule.Integer("candidates", 1),
    ];
}
