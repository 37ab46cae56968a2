using LogMl.Host.Results;
using LogMl.Host.Search;
using LogMl.Shared.Requests;
using LogMl.Storage;
using LogMl.Storage.Locations;

namespace LogMl.Host.Cleaning;

/// <summary>The verb <c>clean</c>: removes a study with everything that its searches have left.</summary>
internal sealed class CleanVerb(HostRequest request, HostEvents events)
{
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="HostException">The study is being searched, or its folder cannot be removed.</exception>
    /// <exception cref="StorageException">The study is stored elsewhere, and cannot be removed there.</exception>
    public int Run()
    {
        using var folder = StudyFolder.Of(request.Output, request.Study);
        var location = StorageSource.Resolve(request.StorageFile, folder.Database, events);
        StudyStore.RequireOneStore(request.Study, folder, location);
        try
        {
            Remove(folder, location, location.IsFile(folder.Database));

            // The lock is released before the files are deleted: a search may start anew meanwhile.
            folder.Dispose();
            folder.DeleteDiscarded();
            return ExitCodes.Done;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HostException(HostErrors.Results, $"The results in '{folder.Path}' cannot be removed: {exception.Message}");
        }
    }

    private void Remove(StudyFolder folder, StorageLocation location, bool isOwn)
    {
        var hasFolder = Directory.Exists(folder.Path);

        // A host holds its lock from before it opens the study until its end, also while no trial runs. So what is checked from here on
        // cannot change.
        if ((hasFolder || (!isOwn && Directory.Exists(folder.Root))) && !folder.TryBeginRemoval())
        {
            throw IsBeingSearched();
        }

        if (hasFolder)
        {
            ResultsFolder.RequireRemovable(folder.Path);
        }

        var hasStudy = isOwn ? hasFolder && RequireIdle(location) : Remove(location);
        if (hasFolder)
        {
            folder.Discard();
            events.Message($"Removed {DisplayPathOf(folder.Path)}");
        }
        else if (!hasStudy)
        {
            events.Message(
                $"There is nothing to remove: '{request.Study}' has no results in "
                + $"{DisplayPathOf(request.Output)}{(isOwn ? "" : $", and is not stored in {location.DisplayName}")}.");
        }
    }

    /// <summary>
    /// Checks the study in the folder's own file, which is removed with the folder. A program that does not take the lock may run trials in
    /// it.
    /// </summary>
    private bool RequireIdle(StorageLocation location)
    {
        try
        {
            if (!File.Exists(location.Path))
            {
                return false;
            }

            using var storage = location.Open(new StorageOptions());
            return storage.FindStudy(request.Study) is { } study && (storage.IsSearched(study.Id) ? throw IsBeingSearched() : true);
        }
        catch (StorageException)
        {
            // A damaged study is not being searched, and a user may well want to remove it.
            return false;
        }
    }

    /// <summary>Removes the study from a database elsewhere. The database itself stays.</summary>
    private bool Remove(StorageLocation location)
    {
        if (location.Kind == StorageKind.Sqlite && !File.Exists(location.Path))
        {
            return false;
        }

        using var storage = location.Open(new StorageOptions());
        if (storage.FindStudy(request.Study) is not { } study)
        {
            return false;
        }

        if (storage.IsSearched(study.Id))
        {
            throw IsBeingSearched();
        }

        storage.DeleteStudy(study.Id);
        events.Message($"Removed the study '{request.Study}' from {location.DisplayName}");
        return true;
    }

    private HostException IsBeingSearched() =>
        new(HostErrors.Results, $"The results of '{request.Study}' cannot be removed, because a search of it is running. "
            + "Wait for its end, or stop it.");

    private string DisplayPathOf(string path) => DisplayPath.Of(path, request.ShellDirectory);
}
