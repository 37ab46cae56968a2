using LogMl.Storage;

namespace LogMl.Report.Reading;

/// <summary>The states of trials as a page has them: a letter for each.</summary>
internal static class TrialLetter
{
    /// <summary>A trial that waits.</summary>
    public const char Waiting = 'w';

    /// <summary>A trial that runs.</summary>
    public const char Running = 'r';

    /// <summary>A complete trial that keeps the constraints.</summary>
    public const char Complete = 'c';

    /// <summary>A complete trial that violates a constraint.</summary>
    public const char Infeasible = 'i';

    /// <summary>A complete trial that the search does not count, because its point is not in the space.</summary>
    public const char Uncounted = 'o';

    /// <summary>A pruned trial.</summary>
    public const char Pruned = 'p';

    /// <summary>A failed trial.</summary>
    public const char Failed = 'f';

    /// <summary>A failed trial that was run again under another number.</summary>
    public const char Repeated = 'x';

    /// <summary>The letter of a trial.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="isRepeated">Whether another trial repeats it.</param>
    /// <param name="isLeftOut">Whether its point is not in the space.</param>
    public static char Of(TrialRecord trial, bool isRepeated, bool isLeftOut) => trial.State switch
    {
        StoredState.Waiting => Waiting,
        StoredState.Running => Running,
        StoredState.Pruned => Pruned,

        // Optuna accepts an infinite loss.
        StoredState.Complete when !trial.Values.All(double.IsFinite) => Failed,
        StoredState.Complete when isLeftOut => Uncounted,
        StoredState.Complete => trial.Violation == 0 ? Complete : Infeasible,
        _ => isRepeated ? Repeated : Failed,
    };
}
