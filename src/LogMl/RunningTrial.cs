using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using LogMl.Shared;
using LogMl.Shared.Wire;

namespace LogMl;

/// <summary>The trial that this worker is running.</summary>
/// <remarks>
/// When the study has a pruner, the host answers each report with a decision. A report does not wait for its answer.
/// <see cref="ShouldPrune"/> waits for the answers to all reports so far, so that its decision is based on all of them.
/// </remarks>
internal sealed class RunningTrial : ITrial, IDisposable
{
    private readonly HostMessage.Trial _request;
    private readonly HostConnection _connection;

    /// <summary>It is not disposed, because threads that the trial has left running may still use its token.</summary>
    private readonly CancellationTokenSource _cancellation = new();
    private readonly CancellationTokenRegistration _stop;
    private readonly BlockingCollection<bool> _decisions = [];
    private readonly Lock _lock = new();
    private int _unanswered;
    private bool _decision;

    /// <param name="request">The request of the host.</param>
    /// <param name="connection">The connection that sends the reports.</param>
    /// <param name="stop">The token of the worker's end, which cancels the trial too.</param>
    public RunningTrial(HostMessage.Trial request, HostConnection connection, CancellationToken stop)
    {
        _request = request;
        _connection = connection;
        _stop = stop.UnsafeRegister(_ => Cancel(), null);
    }

    public int Number => _request.Number;

    /// <summary>The only fold that is to run; null for the whole trial.</summary>
    public int? Fold => _request.Fold;

    public long Seed => _request.Seed;

    public string Directory
    {
        get
        {
            // The folder is created only when a step asks for it. Most trials write nothing.
            System.IO.Directory.CreateDirectory(_request.Directory);
            return _request.Directory;
        }
    }

    public string? Device { get; } = Environment.GetEnvironmentVariable(DeviceVariables.Trial);

    public CancellationToken CancellationToken => _cancellation.Token;

    /// <summary>Whether a step has been told to end, and has not reported since.</summary>
    public bool IsPruned { get; private set; }

    /// <summary>Whether a request to cancel means this run.</summary>
    public bool IsMeantBy(HostMessage.Cancel request) => (request.Number, request.Fold) == (Number, Fold);

    /// <summary>Tells the host what is doubtful about the trial. It says so to the user once, and the trial goes on.</summary>
    public void Warn(string text) => _connection.Send(new WorkerMessage.Warned(Number, text));

    /// <summary>Tells the host the number of folds, unless it knows it from another worker.</summary>
    /// <exception cref="InvalidOperationException">The data set has another number of folds in another worker.</exception>
    public void TellFolds(int count)
    {
        if (_request.Folds is not { } told)
        {
            _connection.Send(new WorkerMessage.Split(Number, count));
        }
        else if (told != count)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"cross_validation: the rows of this worker make {count} folds, and those of another worker made {told} for the same "
                + $"trial. With n_jobs the data set must be the same in each worker; set n_jobs to 1 if it cannot be."));
        }
    }

    /// <summary>
    /// Tells the host which step starts. The progress shows it, and so does the message when the trial hangs or dies in it.
    /// </summary>
    public void EnterStep(string step) => _connection.Send(new WorkerMessage.Entered(_request.Number, step));

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

            _connection.Send(new WorkerMessage.Report(_request.Number, step, value));
        }
    }

    public void SetAttribute(string name, JsonNode? value)
    {
        var json = UserAttributeRules.Check(name, value);
        _connection.Send(new WorkerMessage.Noted(_request.Number, name, json));
    }

    public bool ShouldPrune()
    {
        lock (_lock)
        {
            for (; _unanswered > 0; _unanswered--)
            {
                // A thread that the trial has left running gets no decision any more.
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

    /// <summary>Cancels the token of the steps. Callbacks run on a thread of the pool, because they may hang.</summary>
    public void Cancel() => _ = _cancellation.CancelAsync();

    /// <summary>Receives the host's decision about the oldest report without one.</summary>
    public void Decide(bool prune)
    {
        try
        {
            _decisions.Add(prune);
        }
        catch (InvalidOperationException)
        {
            // The trial has ended without waiting for it.
        }
    }

    /// <summary>Releases waiting threads that the trial has left running.</summary>
    public void Dispose()
    {
        _stop.Dispose();
        _decisions.CompleteAdding();
    }
}
