namespace LogMl.Optimization;

/// <content>
/// <see cref="StudyOptions.DeterministicWorkers"/>: the sampler learns of results when it must know them, and not when they come.
/// </content>
public sealed partial class Study
{
    /// <summary>
    /// The trials as far as samplers and stopping criteria know them. In a study that is not deterministic it is the history itself.
    /// </summary>
    private readonly History _known;

    /// <summary>The trials that the sampler has learnt without waiting for them, in ascending order; they have not ended yet.</summary>
    private readonly List<int> _passed = [];

    private readonly HashSet<int> _notAwaited = [];

    /// <summary>The number of the first trial that the sampler has not learnt.</summary>
    private int _firstUnknown;

    /// <summary>The number of the first trial that has not ended and is waited for.</summary>
    private int _firstRunning;

    /// <summary>
    /// Whether the next trial must wait until an earlier one has ended. It is so only in a study with
    /// <see cref="StudyOptions.DeterministicWorkers"/>.
    /// </summary>
    public bool MustWait
    {
        get
        {
            lock (_lock)
            {
                return FindAwaited(_trials.Count) is not null;
            }
        }
    }

    /// <summary>The first trial that must end before a trial may start; null if there is none.</summary>
    /// <param name="number">The number of the trial; null for the next one.</param>
    internal Trial? FindAwaited(int? number)
    {
        lock (_lock)
        {
            return FindAwaited(number ?? _trials.Count) is { } awaited ? _trials[awaited] : null;
        }
    }

    /// <summary>Lets the search go on without waiting for a trial: nobody can tell whether it will ever end.</summary>
    internal void DoNotAwait(Trial trial)
    {
        lock (_lock)
        {
            _notAwaited.Add(trial.Number);
        }
    }

    private int? FindAwaited(int number)
    {
        if (Options.DeterministicWorkers is not { } delay)
        {
            return null;
        }

        while (_firstRunning < _trials.Count
            && (_trials[_firstRunning].State != TrialState.Running || _notAwaited.Contains(_firstRunning)))
        {
            _firstRunning++;
        }

        return _firstRunning < _trials.Count && _firstRunning <= number - delay ? _firstRunning : null;
    }

    private void RequireNoWait()
    {
        if (FindAwaited(_trials.Count) is { } awaited)
        {
            throw new InvalidOperationException(
                Require.Text($"Trial {_trials.Count} must wait until trial {awaited} has ended: ")
                + Require.Text($"the study is deterministic for {Options.DeterministicWorkers} workers."));
        }

        LearnFor(_trials.Count);
    }

    /// <summary>Learns the results that a trial may know, in the order of their numbers.</summary>
    private void LearnFor(int number)
    {
        if (Options.DeterministicWorkers is not { } delay)
        {
            return;
        }

        foreach (var passed in _passed.Where(passed => _trials[passed].State != TrialState.Running).ToArray())
        {
            _passed.Remove(passed);
            Learn(passed);
        }

        for (; _firstUnknown <= number - delay; _firstUnknown++)
        {
            if (_trials[_firstUnknown].State == TrialState.Running)
            {
                _passed.Add(_firstUnknown);
            }
            else
            {
                Learn(_firstUnknown);
            }
        }
    }

    private void Learn(int number)
    {
        AddEnd(_known, _trials[number]);
        LearnResult(_trials[number]);
    }

    private bool IsKnown(int number) => _known.State(number) != TrialState.Running;
}
