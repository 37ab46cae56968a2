using LogMl.Host.Results;
using LogMl.Host.Search;
using LogMl.Report;
using LogMl.Shared.Requests;
using LogMl.Storage;
using LogMl.Storage.Locations;

namespace LogMl.Host.Reporting;

/// <summary>The verb <c>report</c>: writes the report of a study, which it only reads. A search of the study may run meanwhile.</summary>
internal sealed class ReportVerb(HostRequest request, HostEvents events)
{
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="HostException">There is no such study, its folder cannot be used, or the report not be written.</exception>
    /// <exception cref="StorageException">The store cannot be read.</exception>
    public int Run()
    {
        using var folder = StudyFolder.Of(request.Output, request.Study);
        var location = StorageSource.Resolve(request.StorageFile, folder.Database, events);
        StudyStore.RequireOneStore(request.Study, folder, location);
        if (location.Kind == StorageKind.Sqlite && !File.Exists(location.Path))
        {
            throw NoStudy(location);
        }

        folder.BeginUse();
        using var storage = location.Open(new StorageOptions { ReadOnly = true });
        if (storage.FindStudy(request.Study) is null)
        {
            throw NoStudy(location);
        }

        folder.RequireResults();
        folder.Create();
        if (!location.IsFile(folder.Database))
        {
            folder.NoteStore(location.DisplayName);
        }

        using var compared = new ComparedStudies(request, storage, !location.IsFile(folder.Database));
        if (compared.Problem is { } problem)
        {
            throw new HostException(HostErrors.NotCompared, $"{problem} No report was written.");
        }

        DerivedFile.WriteReport(folder, storage, request.Study, new ReportContext { Compared = compared.Studies });
        events.Summary($"{request.Study} -> {DisplayPath.Of(folder.ReportHtml, request.ShellDirectory)}");
        events.Output(folder.ReportHtml);
        return ExitCodes.Done;
    }

    private HostException NoStudy(StorageLocation location) => new(
        HostErrors.NothingFound,
        $"There is no study '{request.Study}' to report in {location.DisplayName}. Run a search first (-t:HyperOpt), or set HyperOptStudy "
        + "and HyperOptOutputPath to those of a search.");
}
