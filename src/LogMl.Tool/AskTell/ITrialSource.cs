using LogMl.Optimization;
using LogMl.Shared;
using LogMl.Storage;

namespace LogMl.Tool.AskTell;

/// <summary>The study that makes the proposals and gets the results.</summary>
internal interface ITrialSource
{
    /// <summary>The trials so far.</summary>
    StudyHistory History { get; }

    /// <summary>The next trial; null when there is none.</summary>
    TrialView? Ask();

    /// <summary>Ends the current trial.</summary>
    void Tell(Answer answer);

    /// <summary>Ends the conversation: there are no more answers.</summary>
    void Abandon();
}

/// <summary>A study in memory, which ends with the process.</summary>
internal sealed class InMemoryTrials : ITrialSource
{
    private readonly Study _study;
    private readonly int _evaluations;
    private Trial? _trial;

    public InMemoryTrials(Study study, int evaluations, IReadOnlyList<IReadOnlyDictionary<string, double>> points)
    {
        _study = study;
        _evaluations = evaluations;
        foreach (var point in points)
        {
            study.Enqueue(point);
        }
    }

    public StudyHistory History => _study.History;

    public TrialView? Ask() => _trial = _study.Trials.Count < _evaluations ? _study.TryAsk() : null;

    public void Tell(Answer answer)
    {
        foreach (var (name, value) in answer.UserAttributes)
        {
            _trial!.SetUserAttribute(name, value);
        }

        switch (answer.State)
        {
            case TrialState.Failed:
                _study.TellFailed(_trial!);
                break;
            case TrialState.Pruned:
                if (answer.Loss is { } last)
                {
                    _trial!.Report(last, step: 0);
                }

                _study.TellPruned(_trial!);
                break;
            default:
                _study.Tell(_trial!, answer.Loss!.Value);
                break;
        }
    }

    public void Abandon()
    {
        // The study ends with the process.
    }
}

/// <summary>A study in a store. Answers are kept, and a trial without an answer is the next one of the next process.</summary>
internal sealed class StoredTrials(StoredStudy stored, int evaluations, ToolConsole console) : ITrialSource
{
    private StoredTrial? _trial;
    private int _told;

    public StudyHistory History => stored.History;

    public TrialView? Ask()
    {
        _trial = stored.Ask(evaluations);
        WriteMessage(OtherProgramsText.LeftOut(stored, ref _told));
        WriteMessage(_trial is null ? OtherProgramsText.Running(stored) : OtherProgramsText.Ignored(_trial));
        return _trial;
    }

    public void Tell(Answer answer)
    {
        foreach (var (name, value) in answer.UserAttributes)
        {
            _trial!.SetUserAttribute(name, value);
        }

        switch (answer.State)
        {
            case TrialState.Failed:
                stored.TellFailed(_trial!);
                break;
            case TrialState.Pruned:
                if (answer.Loss is { } last)
                {
                    _trial!.Report(last, step: 0);
                }

                stored.TellPruned(_trial!);
                break;
            default:
                stored.Tell(_trial!, answer.Loss!.Value);
                break;
        }
    }

    public void Abandon() => stored.Release(_trial!);

    private void WriteMessage(string? text)
    {
        if (text is not null)
        {
            AskTellVerb.WriteMessage(console, text);
        }
    }
}
