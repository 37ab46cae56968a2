namespace LogMl.Shared;

/// <summary>The words of <c>objectives</c>.</summary>
internal static class ObjectiveWords
{
    /// <summary>The score that is minimized when no objectives are named.</summary>
    public const string Loss = "loss";

    public const string Minimize = "minimize";
    public const string Maximize = "maximize";

    /// <summary>What the name of a score has when it is the standard deviation of the score over the folds.</summary>
    public const string Deviation = "_std";

    /// <summary>The directions of an objective.</summary>
    public static readonly string[] Directions = [Minimize, Maximize];
}
