using System.Runtime.InteropServices;

namespace LogMl.Tool.Watch;

/// <summary>Notes when the process is asked to end: by Ctrl+C, or as a service is.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _signals;

    public StopSignals() =>
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, context =>
        {
            // A second one ends the process at once.
            context.Cancel = !_stop.IsCancellationRequested;
            _stop.Cancel();
        }))];

    /// <summary>Is cancelled when the process is asked to end.</summary>
    public CancellationToken Token => _stop.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.ForEach(_signals, signal => signal.Dispose());
        _stop.Dispose();
    }
}
