namespace LogMl.Storage;

/// <summary>An option of a choice that no trial has which a new study takes over from another one.</summary>
/// <param name="Choice">The name of the choice.</param>
/// <param name="Index">The index of the option.</param>
/// <param name="Point">A whole point with it: the values of the best trial where they fit, and the middle for what is new.</param>
/// <param name="Part">The option, and the options of other choices without which it does not exist.</param>
internal sealed record NewOption(
    string Choice, int Index, IReadOnlyDictionary<string, double> Point, IReadOnlyDictionary<string, double> Part)
{
    /// <summary>Whether a point has the option.</summary>
    public bool IsIn(IReadOnlyDictionary<string, double> point) => point.TryGetValue(Choice, out var option) && option == Index;
}
