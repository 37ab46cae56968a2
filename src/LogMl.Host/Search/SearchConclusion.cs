using LogMl.Host.Inputs;
using LogMl.Host.Results;
using LogMl.Report;
using LogMl.Shared.Requests;
using LogMl.Storage;

namespace LogMl.Host.Search;

/// <summary>
/// Writes what the end of a search leaves behind, also of one that was cancelled or has failed: the note of what has ended it, and the
/// report.
/// </summary>
/// <param name="request">Says whether a report is wanted.</param>
/// <param name="events">Receives warnings.</param>
/// <param name="store">The store of the study.</param>
/// <param name="study">The study.</param>
/// <param name="record">The record of the search.</param>
/// <param name="inputs">The inputs of the trials.</param>
internal sealed class SearchConclusion(
    HostRequest request, HostEvents events, StudyStore store, StoredStudy study, SearchRecord record, TrialInputs inputs)
{
    /// <summary>Whether this call has written the report.</summary>
    public bool HasReport { get; private set; }

    /// <summary>Writes it.</summary>
    /// <param name="end">The sentence that says what has ended the search; null when it has run nothing.</param>
    /// <param name="test">The scores of the final run on the test part; null when there was none.</param>
    public void Write(string? end, IReadOnlyDictionary<string, double>? test)
    {
        if (study.Ended == 0)
        {
            return;
        }

        if (end is not null)
        {
            store.NoteEnd(study, end);
        }

        // Of several hosts with one folder, one writes the files of the study.
        if (!request.NoReport && record.Files.IsWriter)
        {
            WriteReport(test);
        }
    }

    private void WriteReport(IReadOnlyDictionary<string, double>? test)
    {
        try
        {
            ReportFile.Write(record.Folder, store.Storage, study.Name, new ReportContext
            {
                TestScores = test ?? new Dictionary<string, double>(),
                DescribeInputs = inputs.Difference,
            });
            HasReport = true;
        }
        catch (HostException exception)
        {
            // The search is done all the same.
            events.Warning(exception.Code, exception.Place, exception.Message);
        }
    }
}
