namespace LogMl.Tool.Kubernetes;

/// <summary>What a Job does when a worker ends with one of some exit codes.</summary>
/// <param name="Action">The action of Kubernetes.</param>
/// <param name="ExitCodes">The exit codes, in ascending order.</param>
/// <param name="Reason">Why, for the reader of the manifest.</param>
internal sealed record RestartRule(string Action, IReadOnlyList<int> ExitCodes, string Reason);
