using System.Globalization;
using System.Text.Json;
using LogMl.Host.Results;
using LogMl.Shared.Wire;

namespace LogMl.Host.Workers;

/// <summary>A worker that runs no trials: it runs the step trial_finished for the trials of the others.</summary>
internal sealed partial class WorkerProcess
{
    /// <summary>The name of the step.</summary>
    public const string FinishedStep = "trial_finished";

    /// <summary>Runs the step trial_finished for a trial. Blocks until it has returned.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="folder">Its folder, for what the step prints.</param>
    /// <returns>How that went; null when the process was ended because the search is stopped.</returns>
    public ListenerAnswer? Tell(HostMessage.Finished trial, TrialFolder folder)
    {
        _process.Log(trial.Number, folder, TrialFolder.ListenerOutputFile, TrialFolder.ListenerErrorOutputFile);
        string problem;
        try
        {
            if (_connection.Send(trial) && ReceiveTold(trial.Number) is { } answer)
            {
                IsAlive = IsAlive && !_isOutputClosed;
                return answer;
            }

            problem = $"Its process ended: {_process.Death().How}";
        }
        catch (JsonException exception)
        {
            _process.Kill();
            problem = $"Its process was ended, because it sent what is no message: {exception.Message}";
        }

        IsAlive = false;
        return _isStopping ? null : new ListenerAnswer(null, new TrialFailure(null, "", problem, _process.LastErrors));
    }

    /// <summary>Cancels the token of the step. Any thread may call it.</summary>
    public void CancelListening() => _connection.Send(new HostMessage.Cancel(HostMessage.NoTrial));

    /// <summary>Ends the process, in which the classes of the step are disposed of.</summary>
    /// <param name="limit">The time for that.</param>
    /// <returns>Why one could not be disposed of; null when all were.</returns>
    public TrialFailure? EndListening(TimeSpan limit)
    {
        var isLate = false;
        Stop();
        using var kill = new Timer(
            _ =>
            {
                isLate = true;
                _process.Kill();
            },
            null, limit, Timeout.InfiniteTimeSpan);
        ListenerAnswer? answer = null;
        try
        {
            answer = ReceiveTold(HostMessage.NoTrial);
        }
        catch (JsonException)
        {
            _process.Kill();
        }

        IsAlive = false;
        return answer?.Failure ?? (isLate
            ? new TrialFailure(
                null, "",
                string.Create(CultureInfo.InvariantCulture, $"What it holds was not disposed of within {limit.TotalSeconds:0} s, and its "
                    + $"process was ended"),
                "")
            : null);
    }

    /// <summary>The answer about a trial; null when the pipe ends before.</summary>
    private ListenerAnswer? ReceiveTold(int trial)
    {
        while (_connection.Receive() is { } message)
        {
            switch (message)
            {
                case WorkerMessage.Told(var number, var stop) when number == trial:
                    return new ListenerAnswer(stop, null);
                case WorkerMessage.Untold untold when untold.Number == trial:
                    return new ListenerAnswer(untold.Stop, TrialFailure.Of(null, untold.Thrown));
                case WorkerMessage.Spoilt:
                    _isOutputClosed = true;
                    break;
            }
        }

        return null;
    }
}
