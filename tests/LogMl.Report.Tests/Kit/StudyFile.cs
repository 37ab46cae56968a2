using LogMl.Shared;
using LogMl.Storage;
using LogMl.TestKit;

namespace LogMl.Report.Tests.Kit;

/// <summary>A SQLite file with studies, and the pages of them beside it.</summary>
internal sealed class StudyFile : IDisposable
{
    private readonly TempDirectory _folder = new("report");

    public string Path => System.IO.Path.Combine(_folder.Path, "study.db");

    /// <summary>Fills the file.</summary>
    public StudyFile With(Action<StudyStorage> fill)
    {
        using var storage = StudyStorages.Sqlite(Path);
        fill(storage);
        return this;
    }

    /// <summary>Notes in a study what a search notes about its section <c>functions</c>.</summary>
    public StudyFile WithFunctions(string study, StoredFunctions functions) => With(storage => storage.SetStudyAttributes(
        storage.RequireStudy(study).Id, new Dictionary<string, string> { [StoredFunctions.Key] = functions.ToJson() }));

    /// <summary>The page of a study, read as a report does it: the file is opened to be read only.</summary>
    public string Render(string study, ReportContext? context = null)
    {
        using var storage = StudyStorages.Sqlite(Path, new StorageOptions { ReadOnly = true });
        return StudyReport.Render(storage, study, context);
    }

    /// <summary>Writes the page of a study.</summary>
    /// <returns>Its address.</returns>
    public string Write(string study, ReportContext? context = null)
    {
        var file = System.IO.Path.Combine(_folder.Path, "report.html");
        File.WriteAllText(file, Render(study, context));
        return new Uri(file).AbsoluteUri;
    }

    public void Dispose() => _folder.Dispose();
}
