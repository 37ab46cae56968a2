using System.Collections;

namespace LogMl.Optimization;

/// <summary>The trials as a decision of a deterministic study may know them: those that it may not know yet are running.</summary>
internal sealed class KnownTrials(IReadOnlyList<Trial> trials, Func<int, bool> sees) : IReadOnlyList<TrialView>
{
    public int Count => trials.Count;

    public TrialView this[int index] => sees(index) ? trials[index] : new UnknownTrial(trials[index]);

    public IEnumerator<TrialView> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
