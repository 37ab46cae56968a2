using System.Globalization;
using LogMl.Host.Manifests;
using LogMl.Host.Workers;
using LogMl.Shared.Requests;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>What a search says of its study before it runs trials: what it is about, where it begins, and what has changed since.</summary>
internal sealed class StartMessages(
    HostEvents events, HostRequest request, Manifest manifest, SearchSettings settings, StoredStudy study, StudyStore store)
{
    /// <summary>Says how the search space has changed, and what that means for earlier trials.</summary>
    public void AnnounceSpace()
    {
        if (study.SpaceChanges.Count > 0 && study.Evaluations > 0)
        {
            var which = study.OfEarlierSpace.Count == 0 ? "earlier trials count all the same" : "earlier trials that are in it count";
            var known = study.WithFixedValues;
            which += known == 0
                ? ""
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $", {known} of them with the value at which a parameter was fixed when {(known == 1 ? "it" : "they")} ran");
            events.Message(
                $"{manifest.Name}: the search space is another one than before, and {which}: {string.Join("; ", study.SpaceChanges)}");
        }

        WarnOfEarlierSpace();
    }

    /// <summary>Says where the study is stored, and what is noteworthy about its goals and settings.</summary>
    public void AnnounceStudy()
    {
        if (store.Elsewhere is { } elsewhere)
        {
            events.Message($"{manifest.Name}: the study '{study.Name}' is stored in {elsewhere}");
        }

        if (!settings.Goals.IsLossAlone || settings.Goals.Constraints.Count > 0)
        {
            events.Message($"{manifest.Name}: {settings.Goals.Words}");
        }

        string[] notes = [.. manifest.Notes, .. settings.Folds.Note is { } folds ? [folds] : Array.Empty<string>()];
        foreach (var note in notes)
        {
            events.Message($"{manifest.Name}: {note}");
        }

        if (store.ConstraintChange is { } change)
        {
            events.Warning(HostErrors.OtherGoals, SourcePlace.Unknown, change);
        }
    }

    /// <summary>Says what a study has taken over from another one, or why it has taken over nothing.</summary>
    public void AnnounceSource(string? source)
    {
        if (store.Taken is { } taken && study.IsNew)
        {
            var others = taken.Others == 0
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $"; {taken.Others} do not fit into the space, and ")
                    + (taken.Points.Count == 0
                        ? "none of them is among the best"
                        : $"{SearchSummary.Counted(taken.Points.Count, "point")} of the best of these "
                            + $"{(taken.Points.Count == 1 ? "is" : "are")} tried first");
            events.Message(
                $"{manifest.Name}: begins with {SearchSummary.Counted(taken.Trials.Count, "trial")} of the study '{taken.Source}', "
                + $"on top of max_evals{others}");
            if (study.TriedNewOptions.Count > 0)
            {
                var known = manifest.Parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
                var choices = study.TriedNewOptions.GroupBy(option => option.Choice).Select(group =>
                    $"{string.Join(", ", group.Select(option => $"'{known[group.Key].Text(option.Index)}'"))} of {group.Key}");
                var further = taken.FurtherNewOptions == 0
                    ? ""
                    : $". {SearchSummary.Counted(taken.FurtherNewOptions, "further option")} "
                        + $"{(taken.FurtherNewOptions == 1 ? "is" : "are")} left to the algorithm";
                events.Message(
                    $"{manifest.Name}: tries first: the option{(study.TriedNewOptions.Count == 1 ? "" : "s")} "
                    + $"{string.Join(", ", choices)}, which no trial taken over has{further}");
            }

            var first = settings.PointsToEvaluate.Count + study.TriedNewOptions.Count + taken.Points.Count - study.RefusedPoints.Count;
            var planned = settings.MaxEvals - taken.Trials.Count;
            if (first > planned)
            {
                events.Message(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{manifest.Name}: max_evals is {planned}, so that of the {first} points to try first the last {first - planned} wait "
                    + $"for a call with a higher max_evals"));
            }
        }
        else if (request.From is { } from && from != source)
        {
            events.Message(
                $"{manifest.Name}: nothing is taken over from the study '{from}' (HyperOptFrom): that is for a study that begins");
        }
    }

    /// <summary>Says that points which were refused, or added after the study was started, are not tried.</summary>
    public void AnnounceNewPoints()
    {
        // The points of a study that is new, or was interrupted at its start, may still be waiting.
        if (study.IsNew || study.Finished < study.Evaluations)
        {
            return;
        }

        var distributions = study.History.Parameters.ToDictionary(
            parameter => parameter.Name, parameter => parameter.Distribution, StringComparer.Ordinal);
        var trials = study.History.Trials;
        var untried = settings.PointsToEvaluate.Where(point => !trials.Any(trial =>
            point.All(value => trial.Values.TryGetValue(value.Key, out var tried)
                && (distributions[value.Key].ValueOf(value.Value) ?? value.Value) == tried))).ToLookup(study.WasRefused);
        Announce(
            untried[true].Count(), "a search constraint refused it when the study began",
            "search constraints refused them when the study began");
        Announce(untried[false].Count(), "they are for a study that begins", "they are for a study that begins");

        void Announce(int count, string whyOne, string why)
        {
            if (count > 0)
            {
                events.Message(
                    $"{manifest.Name}: {SearchSummary.Counted(count, "point")} of points_to_evaluate "
                    + (count == 1 ? $"is not tried: {whyOne}" : $"are not tried: {why}"));
            }
        }
    }

    /// <summary>Says that the search continues, and which settings have changed since.</summary>
    public void AnnounceResumption()
    {
        var finished = study.Finished + study.WaitingRepetitions;
        if (finished == 0 || (study.IsNew && store.Taken is not null))
        {
            // AnnounceSource has said with which trials a study begins.
            return;
        }

        var algorithm = settings.StudyOptions().Sampler.AlgorithmId;
        var before = store.Record?.Attributes.TryGetValue(StoredStudy.AlgorithmKey, out var json) == true && json.Trim('"') != algorithm
            ? $", now with {algorithm} instead of {json.Trim('"')}"
            : "";
        var seed = store.Seed is { } earlier && earlier != settings.Seed
            ? string.Create(CultureInfo.InvariantCulture, $", now with seed {settings.Seed} instead of {earlier}: "
                + $"the default split has other rows, and steps get other random numbers")
            : "";
        events.Message(
            string.Create(CultureInfo.InvariantCulture, $"{manifest.Name}: goes on after "
                + $"{SearchSummary.Counted(finished, "finished trial")}{before}{seed}"));
    }

    /// <summary>Suggests an optimized build: a search runs the same code many times.</summary>
    public void SuggestOptimizedBuild(WorkerProcess worker)
    {
        if (!worker.IsOptimized)
        {
            events.Message(
                $"{manifest.Name}: {Path.GetFileName(request.Assembly)} is not optimized (Debug). "
                + "Trials mostly take less time when the command has -c Release; the study stays the same.");
        }
    }

    /// <summary>Says which trials are left out because the space has become smaller.</summary>
    private void WarnOfEarlierSpace()
    {
        if (study.OfEarlierSpace is { Count: > 0 } outside)
        {
            var (number, reason) = outside.Last();
            events.Warning(
                HostErrors.OutsideOfSpace,
                SourcePlace.Unknown,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{SearchSummary.Counted(outside.Count, "trial")} of {study.Evaluations} {(outside.Count == 1 ? "is" : "are")} of an "
                    + $"earlier space of the study and not in the present one, as trial {number}: {reason}. They stay in the study and "
                    + $"count towards max_evals, but the search does not learn from them, and none can be the best."));
        }
    }
}
