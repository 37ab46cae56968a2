using System.Collections.Concurrent;

namespace LogMl;

/// <summary>The trial that this worker runs now.</summary>
/// <remarks>When the study has a pruner, the host answers each report with the decision. A report does not wait for its answer; who asks for the decision
/// waits for the answers of all reports so far, so that a decision knows all of them.</remarks>
internal sealed class RunningTrial : ITrial, IDisposable
{
    private readonly TrialRequest _request;
    private readonly HostConnection _connection;

    /// <summary>Not disposed: threads that the trial has left behind may still use its token.</summary>
    private readonly CancellationTokenSource _cancellation = new();
    private readonly CancellationTokenRegistration _stop;
    private readonly BlockingCollection<bool> _decisions = [];
    private readonly Lock _lock = new();
    private int _unanswered;
    private bool _decision;

    /// <param name="request">What is to be run.</param>
    /// <param name="connection">Takes the reports.</param>
    /// <param name="stop">The end of the process, which cancels the trial too.</param>
    public RunningTrial(TrialRequest request, HostConnection connection, CancellationToken stop)
    {
        _request = request;
        _connection = connection;
        _stop = stop.UnsafeRegister(_ => Cancel(), null);
    }

    public int Number => _request.Number;

    public long Seed => _request.Seed;

    public string Directory
    {
        get
        {
            // Not before a step asks for it: most trials write nothing.
            System.IO.Directory.CreateDirectory(_request.Directory);
            return _request.Directory;
        }
    }

    public CancellationToken CancellationToken => _cancellation.Token;

    /// <summary>Whether a step has been told that the trial is given up, and has not reported since.</summary>
    public bool IsPruned { get; private set; }

    /// <summary>Tells the host which step runs, for the progress, and for the message when the trial hangs or dies in it.</summary>
    public void Enter(string step) => _connection.Send(WorkerMessage.Entered(_request.Number, step));

    public void Report(double value, int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        lock (_lock)
        {
            IsPruned = false;
            if (_request.IsPrunable)
            {
                _unanswered++;
            }

            _connection.Send(WorkerMessage.Report(_request.Number, step, value));
        }
    }

    public bool ShouldPrune()
    {
        lock (_lock)
        {
            for (; _unanswered > 0; _unanswered--)
            {
                // Nothing comes any more for a thread that its trial has left behind.
                _decision = _decisions.TryTake(out var prune, Timeout.Infinite, CancellationToken) && prune;
            }

            IsPruned = _decision;
            return _decision;
        }
    }

    public void ThrowIfPruned()
    {
        if (ShouldPrune())
        {
            throw new TrialPrunedException($"Trial {Number} was given up by the pruner of the search.");
        }
    }

    /// <summary>Cancels the token of the steps. Their callbacks run on a thread of the pool: they may hang.</summary>
    public void Cancel() => _ = _cancellation.CancelAsync();

    /// <summary>Takes the host's decision about the oldest report that has none.</summary>
    public void Decide(bool prune)
    {
        try
        {
            _decisions.Add(prune);
        }
        catch (InvalidOperationException)
        {
            // The trial has ended without asking.
        }
    }

    /// <summary>Ends the waiting of threads that the trial has left behind.</summary>
    public void Dispose()
    {
        _stop.Dispose();
        _decisions.CompleteAdding();
    }
}
