using LogMl.Host.Inputs;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>
/// Warns of trials that were computed from other inputs than those of this call. They all count. Without a warning, the best one could be
/// taken for a result of the new code.
/// </summary>
internal sealed class InputWarnings
{
    private readonly HostEvents _events;
    private readonly StoredStudy _study;
    private readonly TrialInputs _inputs;
    private readonly IReadOnlyList<int> _before;
    private readonly string _remedy;

    /// <param name="events">Receives the warnings.</param>
    /// <param name="study">The study.</param>
    /// <param name="inputs">The inputs of its trials.</param>
    /// <param name="isReevaluating">Whether this call runs the best of these trials again.</param>
    public InputWarnings(HostEvents events, StoredStudy study, TrialInputs inputs, bool isReevaluating)
    {
        _events = events;
        _study = study;
        _inputs = inputs;
        _before = inputs.Outdated(study);

        // A file that no step uses counts as code too. Only the user knows whether a change matters.
        var again = isReevaluating ? "" : "set HyperOptReevaluate=true to run the best trials again, ";

        // A study that began from another one would begin with the same trials again.
        var anew = TakenTrials.Of(study.Attributes) is null
            ? "begin anew with -t:HyperOptClean, or set HyperOptStudy to another name."
            : "or begin one without these trials: set HyperOptStudy to another name, and do not set HyperOptFrom.";
        _remedy = $"If the changes do not matter to the loss, nothing is to be done; else {again}{anew}";
    }

    /// <summary>Warns of changes since the last trials, also when the study is complete.</summary>
    /// <param name="last">The inputs of the last trials; null when they are not known.</param>
    /// <param name="source">What the study that begins has taken over from another one; null for nothing.</param>
    /// <param name="otherProject">
    /// The clause about the other project with which this call shares the study on purpose; null when the study belongs to this project.
    /// </param>
    public void WarnOfChanges(InputFingerprint? last, TakenTrials? source, string? otherProject)
    {
        var changes = _before.Count > 0 && last is not null ? _inputs.Current.ChangesSince(last) : [];
        var trials = $"{SearchSummary.Counted(_before.Count, "finished trial")} from before count all the same";
        if (otherProject is not null)
        {
            var difference = changes.Count > 0 ? $" ({InputFingerprint.Describe(changes)})" : "";
            Warn($"{otherProject}{difference}. {trials}, because HyperOptStudy names the study.");
        }
        else if (changes.Count > 0)
        {
            var which = source is null ? "this study" : $"the study '{source.Source}', from which this one begins,";
            Warn($"Since the last trials of {which} there are changes: {InputFingerprint.Describe(changes)}. {trials}.");
        }
    }

    /// <summary>Warns of trials that other searches have run from other inputs while this search ran.</summary>
    public void WarnOfNewTrials()
    {
        if (_study.IsShared && _inputs.Outdated(_study).Except(_before).Order().ToArray() is [var first, ..] arrived)
        {
            var place = _inputs.PlaceOf(first) is { } other ? $" The first is trial {first}, of {other}." : "";
            Warn($"While the search ran, another one has run {SearchSummary.Counted(arrived.Length, "trial")} of the study, "
                + $"computed from other inputs: {_inputs.Changes(first)}.{place} They count all the same.");
        }
    }

    private void Warn(string text) => _events.Warning(HostErrors.InputsChanged, SourcePlace.Unknown, $"{text} {_remedy}");
}
