namespace LogMl.Host.Workers;

/// <summary>What one trial may take.</summary>
/// <param name="Timeout">The time from its start; null: as long as it wants.</param>
/// <param name="Memory">Bytes of resident memory of the worker with all processes that it has started; null: as many as it wants.</param>
internal readonly record struct TrialLimits(TimeSpan? Timeout, long? Memory);
