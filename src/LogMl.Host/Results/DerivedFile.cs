using LogMl.Report;
using LogMl.Storage;

namespace LogMl.Host.Results;

/// <summary>
/// Writes a file that shows what the study has: result.json, summary.md, report.html. One that cannot be written costs nothing but itself.
/// </summary>
internal static class DerivedFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">Makes its text.</param>
    /// <exception cref="HostException">It cannot be made or written, for whatever reason.</exception>
    public static void Write(string path, Func<string> text) => Change(path, () => AtomicFile.Write(path, text()));

    /// <summary>Adds text to the end of a file that others write too.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="HostException">It cannot be written, for whatever reason.</exception>
    public static void Append(string path, string text) => Change(path, () => File.AppendAllText(path, text));

    /// <summary>Writes report.html.</summary>
    /// <param name="folder">The folder of the study.</param>
    /// <param name="storage">The storage of the study.</param>
    /// <param name="study">The name of the study.</param>
    /// <param name="context">What the storage does not know.</param>
    /// <exception cref="HostException">It cannot be made or written, for whatever reason.</exception>
    public static void WriteReport(StudyFolder folder, StudyStorage storage, string study, ReportContext context) =>
        Write(folder.ReportHtml, () => StudyReport.Render(storage, study, context));

    private static void Change(string path, Action change)
    {
        try
        {
            change();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Even a fault in what makes it must not look like one of the search.
            throw new HostException(
                HostErrors.DerivedFile,
                $"'{path}' cannot be written: {exception.Message} The study and its other results are as they were.");
        }
    }
}
