namespace LogMl.Host.Workers;

/// <summary>The limits of a trial.</summary>
/// <param name="Timeout">The time limit from its start; null for no limit.</param>
/// <param name="Memory">
/// The limit of the resident memory, in bytes, of the worker with all processes that it has started; null for no limit.
/// </param>
internal readonly record struct TrialLimits(TimeSpan? Timeout, long? Memory);
