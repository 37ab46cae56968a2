using LogMl.Shared.Wire;

namespace LogMl;

/// <summary>The running trial, for the thread that receives the messages about it.</summary>
internal sealed class CurrentTrial
{
    private readonly Lock _lock = new();
    private RunningTrial? _trial;

    /// <summary>The last cancel request, whose trial may not have started yet.</summary>
    private HostMessage.Cancel? _cancelled;

    public void Set(RunningTrial? trial)
    {
        lock (_lock)
        {
            _trial = trial;
            if (trial is not null && _cancelled is { } cancelled && trial.IsMeantBy(cancelled))
            {
                trial.Cancel();
            }
        }
    }

    /// <summary>Passes a decision to its trial. A decision for a trial that has ended is ignored.</summary>
    public void Decide(HostMessage.Decision decision)
    {
        lock (_lock)
        {
            if (_trial?.Number == decision.Number)
            {
                _trial.Decide(decision.Prune);
            }
        }
    }

    /// <summary>Cancels the trial, or its fold, whether it runs or is the next to run.</summary>
    public void Cancel(HostMessage.Cancel request)
    {
        lock (_lock)
        {
            _cancelled = request;
            if (_trial?.IsMeantBy(request) == true)
            {
                _trial.Cancel();
            }
        }
    }
}
