using LogMl.Host.Results;

namespace LogMl.Host.Search;

/// <summary>How a search has ended.</summary>
/// <param name="Sentence">What has ended it; null when it has run nothing.</param>
/// <param name="Early">The clause that says why it has ended early; null when it has not.</param>
/// <param name="IsCancelled">Whether the build waits for the end.</param>
/// <param name="Trials">The trials that ended while it ran.</param>
internal sealed record SearchEnding(string? Sentence, string? Early, bool IsCancelled, EndedTrials Trials);
