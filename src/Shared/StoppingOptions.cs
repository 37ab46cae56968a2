namespace LogMl.Shared;

/// <summary>The keys of the YAML that end a search early.</summary>
internal static class StoppingOptions
{
    public const string Trials = "trials";

    /// <summary>The options of <c>no_improvement</c>.</summary>
    public static readonly OptionRule[] NoImprovement = [OptionRule.Integer(Trials, 1), OptionRule.Number("min_relative_improvement", 0)];
}
