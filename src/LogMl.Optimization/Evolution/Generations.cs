namespace LogMl.Optimization.Evolution;

/// <summary>
/// Divides the trials of a study into generations of trials with consecutive numbers. A generation is closed when all of its trials have
/// ended. It is also closed when as many later trials have ended, so that a trial that never ends does not block the search.
/// </summary>
/// <remarks>
/// The closed generations and their members depend on the set of trials that have ended, not on their order. So when a trial ends after its
/// generation was closed without it, the search must learn from all generations again.
/// </remarks>
internal sealed class Generations(History history)
{
    private readonly HashSet<int> _leftOut = [];
    private int _seen;

    /// <summary>The number of the first trial of the open generation.</summary>
    public int First { get; private set; }

    /// <summary>Goes back to the first generation if a trial has ended after its generation was closed without it.</summary>
    /// <returns>True if it went back. Then everything that was learned from the generations must be learned again.</returns>
    public bool RestartIfLate()
    {
        var isLate = false;
        for (; _seen < history.Finished.Count; _seen++)
        {
            isLate |= _leftOut.Contains(history.Finished[_seen]);
        }

        if (isLate)
        {
            _leftOut.Clear();
            First = 0;
        }

        return isLate;
    }

    /// <summary>Closes the open generation if it can be closed.</summary>
    /// <param name="size">The number of trials in a generation.</param>
    /// <returns>The numbers of its trials that have ended, in ascending order; null if it cannot be closed yet.</returns>
    public int[]? Close(int size)
    {
        var end = First + size;
        if (history.Count < end)
        {
            return null;
        }

        int[] members = [.. Enumerable.Range(First, size).Where(HasEnded)];
        if (members.Length < size && Enumerable.Range(end, history.Count - end).Where(HasEnded).Take(size).Count() < size)
        {
            return null;
        }

        _leftOut.UnionWith(Enumerable.Range(First, size).Except(members));
        First = end;
        return members;
    }

    private bool HasEnded(int number) => history.State(number) != TrialState.Running;
}
