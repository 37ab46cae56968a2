using LogMl.Host.Results;
using LogMl.Shared.Wire;

namespace LogMl.Host.Search;

/// <summary>What a search says at its end: the summary, what is wrong with the result, and which files it has written.</summary>
internal sealed class EndMessages(
    HostEvents events, StudyStore store, SearchRecord record, SearchConclusion conclusion, Func<string, string> display)
{
    /// <param name="outcome">What was found.</param>
    public void Send(StudyOutcome outcome)
    {
        var (manifest, failures) = (outcome.Manifest, outcome.Failures);
        foreach (var line in SearchSummary.Lines(outcome).Concat(SearchSummary.Failures(failures, ErrorFile)))
        {
            events.Summary(line);
        }

        if (Sparkline.Of(manifest.Goals, outcome.Trials) is { } chart)
        {
            events.Send(new HostEvent.Chart(SearchSummary.Indent + chart));
        }

        if (outcome.LeastViolating is not null)
        {
            events.Warning(
                HostErrors.NothingFeasible, SourcePlace.Unknown,
                $"No trial keeps the constraints ({manifest.Goals.ConstraintWords}), so that there is no best.yaml and "
                + "no final run. Run more trials, or change the constraints: all trials are judged anew by them.");
        }

        if (SearchSummary.ManyFailed(outcome.Counts.Finished, failures, ErrorFile) is { } many)
        {
            events.Warning(HostErrors.ManyTrialsFailed, SourcePlace.OfStack(failures[0].First.Failure.Stack), many);
        }

        events.Summary(
            $"{manifest.Name} -> {display(record.Folder.Path)}{Path.DirectorySeparatorChar}"
            + string.Join(", ", Results(outcome)));
        events.Output(record.Folder.TrialsCsv);
        if (manifest.Goals.AreSeveral)
        {
            events.Output(record.Folder.FrontCsv);
        }

        if (Directory.Exists(record.Folder.Trials))
        {
            events.Output(record.Folder.Trials);
        }

        if (outcome.Best is not null)
        {
            events.Output(record.Folder.BestYaml);
        }

        if (conclusion.HasResult)
        {
            events.Output(record.Folder.ResultJson);
        }

        if (conclusion.HasSummary)
        {
            events.Output(record.Folder.SummaryMd);
        }

        if (outcome.HasReport)
        {
            events.Output(record.Folder.ReportHtml);
        }

        conclusion.Tell();

        string? ErrorFile(int trial)
        {
            var file = record.Folder.ErrorOf(trial);
            return File.Exists(file) ? display(file) : null;
        }
    }

    private IEnumerable<string> Results(StudyOutcome outcome)
    {
        var folder = record.Folder;
        if (outcome.Best is not null)
        {
            yield return Path.GetFileName(folder.BestYaml);
        }

        if (outcome.Manifest.Goals.AreSeveral)
        {
            yield return Path.GetFileName(folder.FrontCsv);
        }

        if (Directory.Exists(folder.Final))
        {
            yield return "best" + Path.DirectorySeparatorChar;
        }

        if (outcome.HasReport)
        {
            yield return Path.GetFileName(folder.ReportHtml);
        }

        if (conclusion.HasSummary)
        {
            yield return Path.GetFileName(folder.SummaryMd);
        }

        if (conclusion.HasResult)
        {
            yield return Path.GetFileName(folder.ResultJson);
        }

        yield return Path.GetFileName(folder.TrialsCsv);
        if (Directory.Exists(folder.Trials))
        {
            yield return "trials" + Path.DirectorySeparatorChar;
        }

        if (store.Elsewhere is null)
        {
            yield return StudyFolder.DatabaseFile;
        }
    }
}
