using LogMl.Host.Inputs;
using LogMl.Host.Results;
using LogMl.Optimization;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>
/// Trials that are over and are run again: failed ones, and the best of those that were computed from other inputs. The store keeps the earlier runs, as failed trials of which the new ones are the repetitions: an
/// evaluation has one result, the last.
/// </summary>
internal sealed class Repetitions
{
    /// <summary>How many of the best trials one call evaluates again.</summary>
    private const int MostReevaluated = 10;

    private readonly HostEvents _events;
    private readonly IStudyStorage _storage;
    private readonly StoredStudy _study;
    private readonly SearchSettings _settings;
    private readonly HostOptions _options;

    public Repetitions(HostEvents events, IStudyStorage storage, StoredStudy study, SearchSettings settings, HostOptions options)
    {
        _events = events;
        _storage = storage;
        _study = study;
        _settings = settings;
        _options = options;
    }

    /// <summary>Lets the trials wait that this call runs again, and says so.</summary>
    /// <param name="name">The name of the workflow.</param>
    /// <param name="inputs">What the trials were computed from.</param>
    /// <returns>Whether there are any: then the study must be opened again.</returns>
    public bool PutUp(string name, TrialInputs inputs)
    {
        var (failed, outdated) = (Repeat(Failed()), Repeat(Outdated(inputs)));
        var reason = _study.Best is null ? "no trial is complete; " : "";
        Tell(name, failed, $"{reason}{SearchSummary.Counted(failed, "failed trial")}", _options.RetryFailed ? "no trial has failed" : null);
        Tell(
            name, outdated, $"{SearchSummary.Counted(outdated, "trial")}, the best of those that were computed from other inputs,", _options.Reevaluate ? "no trial was computed from other inputs" : null);
        return failed + outdated > 0;
    }

    /// <summary>The failed evaluations that this call runs again, with the numbers of their last runs; none when it does not.</summary>
    /// <remarks>Without a complete trial the study is not complete, whatever its number of trials: what made all of them fail has mostly been mended since. While others search, it is they who have just run them.</remarks>
    private IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>> Failed()
    {
        var isWanted = _options.RetryFailed || (_study.Best is null && !_storage.IsSearched(_study.Id));
        return isWanted ? Within().Where(trial => trial.State == TrialState.Failed).ToDictionary(_study.NumberOf, _ => TrialNotes.None) : TrialNotes.NoTrials;
    }

    /// <summary>The best evaluations that were computed from other inputs, if this call runs them again.</summary>
    private IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>> Outdated(TrialInputs inputs) => !_options.Reevaluate ? TrialNotes.NoTrials
        : Within().Where(trial => trial is { State: TrialState.Complete, IsFeasible: true, Loss: not null } && inputs.IsOutdated(_study.NumberOf(trial))).OrderBy(trial => trial.Loss).Take(MostReevaluated)
            .ToDictionary(_study.NumberOf, trial => TrialNotes.Withdrawn(trial.Loss!.Value));

    /// <summary>Lets trials wait for another run.</summary>
    /// <param name="trials">The numbers of trials that are over, and what is noted about each of them.</param>
    /// <returns>How many there were; less when another host has repeated some of them meanwhile.</returns>
    private int Repeat(IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>> trials)
    {
        var count = 0;
        var left = new Queue<int>(trials.Keys.Order());
        while (left.Count > 0)
        {
            // Read again when somebody else has created a trial: it may be a repetition of one of these.
            var stored = _storage.ReadTrials(_study.Id, -1, []).ToDictionary(trial => trial.Number);
            var repeated = stored.Values.SelectMany(trial => trial.RetryHistory).ToHashSet();
            var number = stored.Keys.Max() + 1;
            while (left.TryPeek(out var next))
            {
                if (!repeated.Contains(next))
                {
                    if (!_storage.TryRepeat(_study.Id, stored[next], number, trials[next]))
                    {
                        break;
                    }

                    number++;
                    count++;
                }

                left.Dequeue();
            }
        }

        return count;
    }

    private void Tell(string name, int count, string which, string? none)
    {
        if (count > 0)
        {
            _events.Message($"{name}: {which} {(count == 1 ? "is" : "are")} run again");
        }
        else if (none is not null)
        {
            _events.Message($"{name}: {none}, so that none is run again");
        }
    }

    /// <summary>What comes after the evaluations that are wanted is not of this call.</summary>
    private IEnumerable<Trial> Within() => _study.Study.Trials.Where(trial => _study.EvaluationOf(trial) < _settings.MaxEvals);
}
