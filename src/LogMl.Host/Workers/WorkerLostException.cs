namespace LogMl.Host.Workers;

/// <summary>A worker process ended while it was asked about a point. Another worker may answer.</summary>
/// <param name="message">How it ended.</param>
internal sealed class WorkerLostException(string message) : Exception(message);
