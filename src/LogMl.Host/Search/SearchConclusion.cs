using LogMl.Host.Inputs;
using LogMl.Host.Manifests;
using LogMl.Host.Results;
using LogMl.Report;
using LogMl.Shared;
using LogMl.Shared.Requests;
using LogMl.Shared.Wire;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>
/// Finds out what a search leaves behind when it ends, also one that was cancelled or has failed, and writes it: the note of what has ended
/// it, result.json, summary.md and the report.
/// </summary>
/// <param name="request">Says whether a report is wanted.</param>
/// <param name="events">Receives warnings, and the result.</param>
/// <param name="manifest">The manifest of the user's assembly.</param>
/// <param name="settings">The settings of the search.</param>
/// <param name="store">The store of the study.</param>
/// <param name="study">The study.</param>
/// <param name="record">The record of the search.</param>
/// <param name="inputs">The inputs of the trials.</param>
internal sealed class SearchConclusion(
    HostRequest request, HostEvents events, Manifest manifest, SearchSettings settings, StudyStore store, StoredStudy study,
    SearchRecord record, TrialInputs inputs)
{
    /// <summary>The environment variable of GitHub Actions, and of servers that follow it, with the file that a job shows.</summary>
    private const string StepSummary = "GITHUB_STEP_SUMMARY";

    /// <summary>
    /// A build that is cancelled gives its host few seconds. Of a larger study the importance and the report would take longer.
    /// </summary>
    private const int MostInHurry = 2_000;

    private IReadOnlyList<FinishedTrial>? _trials;
    private IReadOnlyList<FailureGroup>? _failures;

    /// <summary>The trials that are over. Reading a large study takes time, so it is read once, after the last trial.</summary>
    public IReadOnlyList<FinishedTrial> Trials => _trials ??= TrialNotes.Read(store.Storage, study, settings.Goals);

    /// <summary>Those that failed.</summary>
    public IReadOnlyList<FailureGroup> Failures => _failures ??= FailureGroup.Of(Trials);

    /// <summary>What was found; null until that has been found out.</summary>
    public StudyOutcome? Outcome { get; private set; }

    /// <summary>Whether this call has written result.json.</summary>
    public bool HasResult { get; private set; }

    /// <summary>Whether this call has written summary.md.</summary>
    public bool HasSummary { get; private set; }

    /// <summary>Finds out and writes. In a study in which no trial is over there is nothing to write.</summary>
    /// <param name="end">How the search has ended.</param>
    /// <param name="gate">What the gate says; null when the build asks for none.</param>
    /// <param name="elapsed">How long this call has taken.</param>
    /// <param name="remarks">What the search constraints and the step trial_finished have to say.</param>
    /// <returns>What was found.</returns>
    public StudyOutcome Write(SearchEnding end, GateOutcome? gate, TimeSpan elapsed, IEnumerable<string> remarks)
    {
        if (study.Ended == 0)
        {
            return Outcome = OutcomeOf(end, gate, elapsed, [], hasReport: false, remarks);
        }

        if (end.Sentence is not null)
        {
            store.NoteEnd(study, end.Sentence);
        }

        // Of several hosts with one folder, one writes the files of the study.
        var isWriter = record.Files.IsWriter;
        var isWanted = isWriter && !request.NoReport;
        var isHurried = end.IsCancelled && study.Ended > MostInHurry;
        if (isHurried && isWanted)
        {
            events.Message(
                $"{manifest.Name}: the report of this large study takes longer than a search that is cancelled has; -t:HyperOptReport writes it");
        }

        var importances = isHurried ? [] : StudyImportance.Of(study.History, manifest.Space);
        var hasReport = isWanted && !isHurried && IsWritten(() => WriteReport(importances));
        var outcome = OutcomeOf(end, gate, elapsed, importances, hasReport, remarks);
        HasResult = isWriter
            && IsWritten(() => DerivedFile.Write(record.Folder.ResultJson, () => ResultJson.Write(outcome, record.Folder)));
        WriteSummary(outcome, isWriter);
        return Outcome = outcome;
    }

    /// <summary>Writes report.html. A study that cannot be compared costs only its place in it.</summary>
    private void WriteReport(IReadOnlyList<ObjectiveImportance> importances)
    {
        using var compared = new ComparedStudies(request, store.Storage, store.Elsewhere is not null);
        if (compared.Problem is { } problem)
        {
            events.Warning(HostErrors.NotCompared, SourcePlace.Unknown, problem);
        }

        DerivedFile.WriteReport(record.Folder, store.Storage, study.Name, new ReportContext
        {
            Importances = importances,
            DescribeInputs = inputs.Difference,
            Compared = compared.Studies,
        });
    }

    /// <summary>Writes summary.md, and adds it to the summary of the job where a build server has one.</summary>
    private void WriteSummary(StudyOutcome outcome, bool isWriter)
    {
        var text = SummaryMarkdown.Write(outcome);
        HasSummary = isWriter && IsWritten(() => DerivedFile.Write(record.Folder.SummaryMd, () => text));
        if (Environment.GetEnvironmentVariable(StepSummary) is { Length: > 0 } job)
        {
            IsWritten(() => DerivedFile.Append(job, text + "\n"));
        }
    }

    /// <summary>Tells the build what was found.</summary>
    public void Tell()
    {
        if (HasResult && Outcome is { } outcome)
        {
            events.Send(new HostEvent.Result
            {
                Path = record.Folder.ResultJson,
                Trial = outcome.Best?.Number,
                Loss = outcome.Best?.Loss,
                TestLoss = outcome.Test?.TryGetValue(ObjectiveWords.Loss, out var loss) == true ? loss : null,
                BestFile = outcome.Best is null ? null : record.Folder.BestYaml,
                ReportFile = outcome.HasReport ? record.Folder.ReportHtml : null,
                Gate = outcome.Gate?.Word,
            });
        }
    }

    private StudyOutcome OutcomeOf(
        SearchEnding end, GateOutcome? gate, TimeSpan elapsed, IReadOnlyList<ObjectiveImportance> importances, bool hasReport,
        IEnumerable<string> remarks)
    {
        var goals = settings.Goals;
        var best = Find(study.Best);
        var bestInputs = best is null ? null : inputs.IdOf(best.Number);
        var counts = OutcomeCounts.Of(study) with { Ended = end.Trials };
        return new StudyOutcome
        {
            Manifest = manifest,
            Study = study.Name,
            Workflow = request.Workflow,
            Algorithm = settings.Algorithm,
            Seed = settings.Seed,
            MaxEvals = settings.MaxEvals,
            End = end.Sentence ?? store.End,
            Early = end.Early,
            Counts = counts,
            Repeating = study.WaitingRepetitions,
            Trials = Trials,
            Failures = Failures,
            Elapsed = elapsed,
            Best = best,
            LeastViolating = best is null ? Find(study.LeastViolating) : null,
            BestInputs = bestInputs,
            BestDifference = bestInputs is null ? null : inputs.Difference(bestInputs),
            BestRemark = best is null ? null : inputs.Remark(best.Number),
            Outdated = best is not null && inputs.IsOutdated(best.Number) ? SearchSummary.Outdated(goals, study, inputs) : null,
            Front = goals.AreSeveral ? study.Front : [],
            Inputs = inputs.Current.Id,
            Test = store.Final is { } final && final.Trial == best?.Number && final.Inputs == inputs.Current.Id ? final.Test : null,
            Gain = StudyGain.Of(store.Storage, study),
            Importances = importances,
            Remarks = [.. SearchRemarks.Of(manifest, study, counts, record.Folder, hasReport, remarks)],
            Gate = gate,
            HasReport = hasReport,
        };

        FinishedTrial? Find(StoredResult? result) =>
            result is null ? null : Trials.FirstOrDefault(trial => trial.Number == result.Number);
    }

    private bool IsWritten(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (HostException exception)
        {
            // The search is done all the same.
            events.Warning(exception.Code, exception.Place, exception.Message);
            return false;
        }
    }
}
