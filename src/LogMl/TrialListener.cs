using System.Collections.Concurrent;
using System.Text.Json;
using LogMl.Runtime;
using LogMl.Shared.Wire;

namespace LogMl;

/// <summary>
/// Runs the step trial_finished for each trial of which the host tells, one after the other, on a thread of its own. The host tells one
/// worker only, which runs no trials.
/// </summary>
/// <param name="connection">The connection that sends the answers.</param>
/// <param name="output">Marks the end of what the step has printed about a trial.</param>
/// <param name="cancellation">
/// Cancels the token of the step. It is never disposed, because threads that the step has left running may still use its token.
/// </param>
internal sealed class TrialListener(HostConnection connection, TrialOutputEnd output, CancellationTokenSource cancellation)
{
    private readonly BlockingCollection<HostMessage.Finished> _messages = [];
    private readonly RunningStudy _study = new();

    /// <summary>The first message, until the step runs for it.</summary>
    private HostMessage.Finished? _first;

    /// <summary>Adds a trial. Any thread may call it.</summary>
    public void Add(HostMessage.Finished trial) => _messages.Add(trial);

    /// <summary>No trial follows.</summary>
    public void Complete() => _messages.CompleteAdding();

    /// <summary>
    /// Cancels the token of the step if no trial is meant: the search is stopped. Callbacks run on a thread of the pool, because they may
    /// hang.
    /// </summary>
    public void Cancel(HostMessage.Cancel request)
    {
        if (request.Number == HostMessage.NoTrial)
        {
            _ = cancellation.CancelAsync();
        }
    }

    /// <summary>Runs the step for all trials, until the search is over.</summary>
    public void Serve(Workflow workflow)
    {
        // Most workers are told of no trial. So the classes of the step are created only with the first one.
        if (!_messages.TryTake(out _first, Timeout.Infinite))
        {
            return;
        }

        try
        {
            workflow.Listen!(new FinishedTrials(ForEachAsync)).AsTask().GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            AnswerAll(exception);
        }
    }

    private async ValueTask ForEachAsync(Func<FinishedTrialRun, ValueTask> step)
    {
        while (Next() is { } trial)
        {
            WorkerMessage answer;
            try
            {
                await step(RunOf(trial)).ConfigureAwait(false);
                answer = new WorkerMessage.Told(trial.Number, _study.StopReason);
            }
            catch (Exception exception)
            {
                answer = Untold(trial.Number, exception);
            }

            Answer(trial.Number, answer);
        }
    }

    private FinishedTrialRun RunOf(HostMessage.Finished message)
    {
        _study.Name = message.Study;
        _study.Directory = message.StudyDirectory;
        _study.Finished = message.Ended;
        _study.Planned = message.Planned;
        _study.Best = message.Best == HostMessage.NoTrial
            ? null
            : new BestTrial(message.Best, message.BestObjectives, ValuesOf(message.BestValues));
        var trial = new FinishedTrial
        {
            Number = message.Number,
            State = message.Failure is not null ? FinishedTrialState.Failed
                : message.Objectives.Count > 0 ? FinishedTrialState.Complete
                : FinishedTrialState.Pruned,
            Objectives = message.Objectives,
            Scores = message.Scores,
            IsFeasible = message.IsFeasible,
            IsBest = message.Best == message.Number,
            IsOnFront = message.IsOnFront,
            Parameters = ValuesOf(message.Values),
            UserAttributes = ValuesOf(message.Attributes),
            Failure = message.Failure,
            Duration = TimeSpan.FromSeconds(message.Seconds),
            Directory = message.Directory,
        };
        return new FinishedTrialRun(trial, _study, new ParameterValues(message.Parameters), message.Seed, cancellation.Token);
    }

    private static Dictionary<string, JsonElement> ValuesOf(JsonElement json) =>
        json.EnumerateObject().ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal);

    private HostMessage.Finished? Next() =>
        Interlocked.Exchange(ref _first, null) ?? (_messages.TryTake(out var trial, Timeout.Infinite) ? trial : null);

    /// <summary>Reports a class of the step that could not be created, for each trial, or one that could not be disposed of.</summary>
    private void AnswerAll(Exception exception)
    {
        if (_messages.IsCompleted && _first is null)
        {
            connection.Send(Untold(HostMessage.NoTrial, exception));
            return;
        }

        while (Next() is { } trial)
        {
            Answer(trial.Number, Untold(trial.Number, exception));
        }
    }

    private WorkerMessage.Untold Untold(int number, Exception exception) =>
        new(number, _study.StopReason, ExceptionText.Of(exception));

    /// <summary>
    /// The mark is written before the answer is sent. So when the host has the answer, everything that the step printed is in the pipe.
    /// </summary>
    private void Answer(int number, WorkerMessage answer)
    {
        if (!output.IsIntact)
        {
            connection.Send(new WorkerMessage.Spoilt());
        }

        output.Mark(number);
        connection.Send(answer);
    }
}
