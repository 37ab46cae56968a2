using System.Globalization;
using LogMl.Host.Gating;
using LogMl.Host.Inputs;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Optimization;
using LogMl.Shared.Requests;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>
/// A trial of a study that is used again: its values are written into the configuration file, or the workflow runs with them.
/// </summary>
/// <param name="Number">Its number.</param>
/// <param name="Values">Its values as a point of today's space; what <paramref name="Missing"/> names is not there.</param>
/// <param name="Missing">The parameters of today's space for which it has no value.</param>
/// <param name="Words">What it is, for messages: <c>trial 17 (loss 0.0713)</c>.</param>
internal sealed record FoundTrial(
    int Number, IReadOnlyDictionary<string, double> Values, IReadOnlyList<string> Missing, string Words)
{
    /// <summary>The seed of its run; null when the study does not know its own.</summary>
    public long? Seed { get; private init; }

    /// <summary>The seed of the study; null when it is not known.</summary>
    public long? StudySeed { get; private init; }

    /// <summary>Whether it is complete: not failed, pruned or running.</summary>
    public bool IsComplete { get; private init; }

    /// <summary>The remark that it was computed from other inputs than today's; null when there is nothing to remark.</summary>
    public string? Remark { get; private init; }

    /// <summary>Which of today's constraints it violates, and by which values; null when it keeps them.</summary>
    public string? Violation { get; private init; }

    /// <summary>What it has reached; null unless it is complete.</summary>
    public ReachedResult? Reached { get; private init; }

    /// <summary>Finds the trial that the request names by its number, else the best one.</summary>
    /// <exception cref="HostException">There is no such study or trial, or it is no point of today's space.</exception>
    /// <exception cref="StorageException">The study cannot be read, or has other objectives.</exception>
    public static FoundTrial Named(HostRequest request, HostEvents events, Manifest manifest) => Find(
        request, events, manifest, request.Trial is not { } text ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given
            : throw new HostException(HostErrors.Usage, $"'{text}' is not the number of a trial."));

    /// <summary>Finds a trial.</summary>
    /// <param name="request">The request, which names the study.</param>
    /// <param name="events">Receives the warnings of the store.</param>
    /// <param name="manifest">The manifest, which has today's space.</param>
    /// <param name="number">The number of the trial; null for the best one, which best.yaml has too.</param>
    /// <exception cref="HostException">There is no such study or trial, or it is no point of today's space.</exception>
    /// <exception cref="StorageException">The study cannot be read, or has other objectives.</exception>
    public static FoundTrial Find(HostRequest request, HostEvents events, Manifest manifest, int? number)
    {
        using var folder = StudyFolder.Of(request.Output, request.Study);
        using var store = StudyStore.View(request, events, folder);
        var study = store.Storage.ViewStudy(request.Study);
        var goals = manifest.Goals;
        ObjectiveCompatibility.Require(store.Record!, goals.Directions, goals.Names);
        var best = study.Best;
        var wanted = number ?? best?.Number ?? throw NothingBest(study);
        var trial = study.History.Trials.FirstOrDefault(trial => study.NumberOf(trial) == wanted) ?? throw NotThere(study, wanted);
        var point = TodaysPoint.Of(manifest, study.History.Parameters, trial.Values);
        if (point.Problems.Count > 0)
        {
            throw new HostException(
                HostErrors.OutOfTodaysSpace,
                string.Create(CultureInfo.InvariantCulture, $"Trial {wanted} of the study '{study.Name}' is no point of today's space: ")
                + string.Join("; ", point.Problems)
                + ". Put back the space with which it was searched, or search anew.");
        }

        var seed = store.Seed;
        var today = InputFingerprint.Take(manifest, request, seed ?? 0, store.Inputs, store.FixedNames(manifest));
        var inputs = new TrialInputs(store.Storage, study.Id, today, store.FingerprintOf);
        var scores = trial.State == TrialState.Complete ? ScoresOf(goals, store.Storage, study, wanted) : null;
        return new FoundTrial(wanted, point.Values, point.Missing, WordsOf(goals, study, trial, wanted))
        {
            StudySeed = seed,
            Seed = seed is { } known ? Seeds.OfTrial(known, study.EvaluationOf(trial)) : null,
            IsComplete = trial.State == TrialState.Complete,
            Remark = inputs.Remark(wanted),
            Violation = scores is null ? null : ViolationOf(goals, study, wanted, scores),
            Reached = scores is null ? null : ReachedBy(wanted, trial, scores, store, goals, inputs, folder),
        };
    }

    /// <summary>Warns when the trial violates a constraint, and when it was computed from other inputs than today's.</summary>
    public void Warn(HostEvents events)
    {
        if (Violation is not null)
        {
            events.Warning(
                HostErrors.FoundInfeasible, SourcePlace.Unknown,
                $"{PointText.Sentence(Words)} does not keep the constraint{Violation}. Its values are taken all the same.");
        }

        if (Remark is not null)
        {
            events.Warning(
                HostErrors.FoundWithOtherInputs, SourcePlace.Unknown,
                $"{PointText.Sentence(Words)} was {Remark}. Its values may be worth less now: "
                + "run it again with HyperOptReevaluate=true, or search anew.");
        }
    }

    private static string WordsOf(Goals goals, StudyView study, TrialView trial, int number)
    {
        var what = string.Create(CultureInfo.InvariantCulture, $"trial {number} of the study '{study.Name}'");
        return trial.State == TrialState.Complete
            ? $"{what} ({goals.DescribeBriefly(trial.Objectives)})"
            : $"{what} ({trial.State.ToString().ToLowerInvariant()})";
    }

    /// <summary>The constraints are those of the manifest: they may have changed since the study was last judged by them.</summary>
    private static string? ViolationOf(
        Goals goals, StudyView study, int number, IReadOnlyDictionary<string, double> scores)
    {
        string[] violated =
        [
            .. goals.Constraints.Zip(goals.ConstraintsOf(scores)).Where(pair => !(pair.Second <= 0)).Select(pair =>
                scores.TryGetValue(pair.First.Metric, out var value)
                    ? string.Create(CultureInfo.InvariantCulture, $"{pair.First} (its value is {value:R})")
                    : $"{pair.First} (it has no such metric)"),
        ];
        return violated.Length == 0 ? null : (violated.Length == 1 ? " " : "s ") + string.Join(" and ", violated)
            + (study.Best is { } best && best.Number != number
                ? string.Create(CultureInfo.InvariantCulture, $"; the best trial is {best.Number}")
                : "");
    }

    private static IReadOnlyDictionary<string, double> ScoresOf(Goals goals, StudyStorage storage, StudyView study, int number) =>
        TrialNotes.Scores(
            storage.ReadTrials(study.Id, number - 1, [])[0], goals, ReusedNotes.Of(number, storage.ReadTrialAttributes(study.Id)));

    private static ReachedResult ReachedBy(
        int number, TrialView trial, IReadOnlyDictionary<string, double> scores, StudyStore store, Goals goals, TrialInputs inputs,
        StudyFolder folder)
    {
        var id = inputs.IdOf(number);
        var itsInputs = (id is null ? null : store.FingerprintOf(id)) ?? inputs.Current;
        return new ReachedResult(
            ObjectiveFigures.Of(goals, scores, [.. trial.Reports.Values], itsInputs.CrossValidation),
            itsInputs.OfRows(),
            id is not null && FinalNote.Read(folder.Final) is { Test: { Count: > 0 } test } final && final.IsOf(number, id) ? test : null);
    }

    private static HostException NothingBest(StudyView study) => new(
        HostErrors.NothingFound,
        study.HasResults
            ? $"The study '{study.Name}' has no best trial: none keeps the constraints. Name a trial by its number."
            : $"The study '{study.Name}' has no complete trial yet, and so no best one. Run -t:HyperOpt first.");

    private static HostException NotThere(StudyView study, int number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        var why = study.LeftOut.TryGetValue(number, out var reason) ? $"is no point of the space of the study: {reason}"
            : number < study.Ended ? "has no result: it runs, or it was run again under another number, which trials.csv has"
            : study.Ended == 0 ? "is not there: no trial has ended yet"
            : string.Create(CultureInfo.InvariantCulture, $"is not there: its trials are 0 to {study.Ended - 1}");
        return new HostException(HostErrors.NothingFound, $"Trial {text} of the study '{study.Name}' {why}.");
    }
}
