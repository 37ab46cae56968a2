namespace LogMl.Configuration.Reading;

/// <summary>The options that a default can name.</summary>
/// <param name="Branches">The branches.</param>
/// <param name="Numbers">The options that are numbers.</param>
/// <param name="IsComplete">Whether there are no others. What a mistake hides may be what the default names.</param>
internal sealed record KnownOptions(IReadOnlyList<string> Branches, IReadOnlyList<string> Numbers, bool IsComplete);
