using LogMl.Report.Model;
using LogMl.Report.Page;
using LogMl.Report.Reading;
using LogMl.Storage;

namespace LogMl.Report;

/// <summary>A study as one HTML page: it opens from a disk, needs no network, and holds all trials as data.</summary>
public static class StudyReport
{
    /// <summary>Makes the page.</summary>
    /// <param name="storage">The storage of the study; read only is enough. The study may be another program's.</param>
    /// <param name="study">The name of the study.</param>
    /// <param name="context">What the caller knows and the storage does not; null for nothing.</param>
    /// <returns>The page.</returns>
    /// <exception cref="StorageException">There is no such study, or the storage cannot be used.</exception>
    public static string Render(StudyStorage storage, string study, ReportContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(storage);
        return ReportPage.Render(ReportBuilder.Build(StudyReader.Read(storage, study), context ?? new ReportContext(), new TextTable()));
    }
}
