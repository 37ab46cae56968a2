namespace LogMl.Tool.Verbs;

/// <summary>Which trials are listed, and how.</summary>
/// <param name="Filter">An expression that holds for them; null for all.</param>
/// <param name="Best">How many of the best are listed; null for all, in the order of their numbers.</param>
/// <param name="Form">The form of the list.</param>
internal sealed record TrialsRequest(string? Filter, int? Best, OutputForm Form);
