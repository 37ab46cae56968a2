namespace LogMl.Storage;

/// <summary>A whole study as its tables have it, for a copy in another storage.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Directions">The direction of each objective, as it is stored.</param>
internal sealed record StudyCopy(string Name, IReadOnlyList<string> Directions)
{
    /// <summary>The user attributes: JSON by key.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> UserAttributes { get; init; } = [];

    /// <summary>The system attributes: JSON by key.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> SystemAttributes { get; init; } = [];

    /// <summary>The trials in the order of their numbers.</summary>
    public IReadOnlyList<TrialCopy> Trials { get; init; } = [];
}
