using LogMl.Report;
using LogMl.Storage;

namespace LogMl.Host.Results;

/// <summary>Writes report.html. It is made from the study, so a report that cannot be written costs nothing but itself.</summary>
internal static class ReportFile
{
    /// <summary>Writes the report.</summary>
    /// <param name="folder">The folder of the study.</param>
    /// <param name="storage">The storage of the study.</param>
    /// <param name="study">The name of the study.</param>
    /// <param name="context">What the storage does not know.</param>
    /// <exception cref="HostException">It cannot be written, for whatever reason.</exception>
    public static void Write(StudyFolder folder, StudyStorage storage, string study, ReportContext context)
    {
        try
        {
            AtomicFile.Write(folder.ReportHtml, StudyReport.Render(storage, study, context with { LogOf = folder.LogOf }));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Even a fault of the report itself must not look like one of the search.
            throw new HostException(
                HostErrors.ReportNotWritten,
                $"The report '{folder.ReportHtml}' cannot be written: {exception.Message} "
                + "The study and its other results are as they were.");
        }
    }
}
