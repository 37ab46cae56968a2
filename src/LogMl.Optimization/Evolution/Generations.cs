namespace LogMl.Optimization.Evolution;

/// <summary>
/// Cuts the trials of a study into generations: so many trials with consecutive numbers each. A generation is closed when all of its trials
/// have ended; or as many later ones have, so that a trial that never ends does not hold up the search.
/// </summary>
/// <remarks>Which generations are closed, and with which members, follows from the set of trials that have ended, not from the order in
/// which they did. So a trial that ends after its generation was closed without it makes everything learnt since out of date.</remarks>
internal sealed class Generations(History history)
{
    private readonly HashSet<int> _leftOut = [];
    private int _seen;

    /// <summary>The number of the first trial of the open generation.</summary>
    public int First { get; private set; }

    /// <summary>Goes back to the first generation if a trial has ended that a closed one was closed without.</summary>
    /// <returns>True if so: then what was derived from the generations must be derived again.</returns>
    public bool BeginAgainIfLate()
    {
        bool isLate = false;
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
    /// <param name="size">How many trials it has.</param>
    /// <returns>The numbers of its trials that have ended, in ascending order; null when it is not closed.</returns>
    public int[]? Close(int size)
    {
        int end = First + size;
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
