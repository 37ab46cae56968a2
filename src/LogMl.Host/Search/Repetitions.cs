using LogMl.Host.Inputs;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Optimization;
using LogMl.Shared.Requests;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>
/// Schedules finished trials to run again: failed ones, and the best of those that were computed from other inputs. An evaluation has one
/// result, the last. The result of the earlier run counts until the new run has ended, whatever happens in between. Then the store keeps
/// the earlier run as a failed trial that the new one repeats.
/// </summary>
internal sealed class Repetitions
{
    /// <summary>The greatest number of trials that one call evaluates again.</summary>
    private const int MaxReevaluated = 10;

    private readonly HostEvents _events;
    private readonly StudyStorage _storage;
    private readonly StoredStudy _study;
    private readonly HostRequest _request;
    private readonly Goals _goals;

    public Repetitions(HostEvents events, StudyStorage storage, StoredStudy study, HostRequest request, Goals goals)
    {
        _events = events;
        _storage = storage;
        _study = study;
        _request = request;
        _goals = goals;
    }

    /// <summary>Schedules the trials that this call runs again, and announces them with those that an earlier call has scheduled.</summary>
    /// <param name="name">The name of the workflow.</param>
    /// <param name="inputs">The inputs of the trials.</param>
    /// <returns>Whether any were added. Then the study must be opened again.</returns>
    public bool Schedule(string name, TrialInputs inputs)
    {
        var waiting = _study.WaitingRepetitions;
        if (waiting > 0)
        {
            Announce(name, $"{SearchSummary.Counted(waiting, "trial")} that an earlier call was to run again", waiting, "");
        }

        var failed = Repeat(Failed());
        var reason = _study.HasResults ? "" : "no trial is complete; ";
        AnnounceOrExplain(
            name, failed, $"{reason}{SearchSummary.Counted(failed, "failed trial")}", "",
            _request.RetryFailed ? "no trial has failed" : null);

        // Trials that are waiting already count towards the limit.
        var outdated = _request.Reevaluate ? Outdated(inputs) : [];
        var again = Repeat([.. outdated.Take(MaxReevaluated - waiting)]);
        var rest = outdated.Count - again;
        AnnounceOrExplain(
            name,
            again,
            $"{SearchSummary.Counted(again, "trial")}, the best of those that were computed from other inputs,",
            rest > 0
                ? $"; {rest} more {(rest == 1 ? "counts as it is" : "count as they are")}, until another call runs "
                    + $"{(rest == 1 ? "it" : "them")} again"
                : "",
            _request.Reevaluate && outdated.Count + waiting == 0 ? "no trial was computed from other inputs" : null);
        return failed + again > 0;
    }

    /// <summary>The failed evaluations that this call runs again, if any.</summary>
    /// <remarks>
    /// Failed trials also run again when no trial is complete: what made all of them fail has mostly been corrected since. While other
    /// hosts search, these trials have just been run by them.
    /// </remarks>
    private IReadOnlyList<(int Number, string? Reason)> Failed()
    {
        var isWanted = _request.RetryFailed || (!_study.HasResults && !_storage.IsSearched(_study.Id));
        return isWanted
            ? [.. _study.History.Trials.Where(trial => trial.State == TrialState.Failed)
                .Select(trial => (_study.NumberOf(trial), (string?)null))]
            : [];
    }

    /// <summary>
    /// The evaluations that were computed from other inputs. The best comes first; with several objectives those of the front do. Those
    /// that violate a constraint are the last: today they may keep it.
    /// </summary>
    private IReadOnlyList<(int Number, string? Reason)> Outdated(TrialInputs inputs)
    {
        var front = _study.Front.Select(result => result.Number).ToHashSet();
        return
        [
            .. _study.History.Trials.Where(trial => trial.State == TrialState.Complete && inputs.IsOutdated(_study.NumberOf(trial)))
                .OrderBy(trial => !front.Contains(_study.NumberOf(trial))).ThenBy(trial => trial.Violation).ThenBy(trial => trial.Loss)
                .Select(trial => (_study.NumberOf(trial), (string?)TrialNotes.ReplacedResult(_goals, trial.Objectives))),
        ];
    }

    /// <summary>Schedules trials to run again, in the given order.</summary>
    /// <param name="trials">The numbers of finished trials, and for each the reason that is stored when its result is replaced.</param>
    /// <returns>The number of scheduled trials. Those that another host has repeated meanwhile do not count.</returns>
    private int Repeat(IReadOnlyList<(int Number, string? Reason)> trials)
    {
        var count = 0;
        var left = new Queue<(int Number, string? Reason)>(trials);
        while (left.Count > 0)
        {
            // The trials are read again when another process has created one: it may be a repetition of one of these.
            var stored = _storage.ReadTrials(_study.Id, -1, []).ToDictionary(trial => trial.Number);
            var repetitions = stored.Values.Where(trial => trial.RetryHistory.Count > 0).ToDictionary(trial => trial.RetryHistory[^1]);
            var number = stored.Keys.Max() + 1;
            while (left.TryPeek(out var next))
            {
                var last = stored[next.Number];
                while (repetitions.TryGetValue(last.Number, out var later))
                {
                    last = later;
                }

                // A complete trial whose repetition was cut off is still complete.
                if (last.Number == next.Number || (last.State == StoredState.Fail && stored[next.Number].State == StoredState.Complete))
                {
                    if (!_storage.TryRepeat(_study.Id, last, number, next.Reason))
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

    private void AnnounceOrExplain(string name, int count, string which, string further, string? none)
    {
        if (count > 0)
        {
            Announce(name, which, count, further);
        }
        else if (none is not null)
        {
            _events.Message($"{name}: {none}, so that none is run again");
        }
    }

    private void Announce(string name, string which, int count, string further) =>
        _events.Message($"{name}: {which} {(count == 1 ? "is" : "are")} run again{further}");
}
