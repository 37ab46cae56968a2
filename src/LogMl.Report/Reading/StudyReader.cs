using LogMl.Shared;
using LogMl.Storage;
using LogMl.Storage.Encoding;

namespace LogMl.Report.Reading;

/// <summary>Reads a study with all that a report shows.</summary>
internal static class StudyReader
{
    /// <exception cref="StorageException">There is no such study, or the storage cannot be used.</exception>
    public static StudyContent Read(StudyStorage storage, string name)
    {
        var study = storage.RequireStudy(name);
        var view = View(storage, name, out var problem);
        return new StudyContent
        {
            Study = study,
            Storage = storage.DisplayName,
            IsRunning = storage.IsSearched(study.Id),
            Functions = StoredFunctions.Read(study.Attributes.GetValueOrDefault(StoredFunctions.Key)),
            View = view,
            Space = view is null ? null : StoredSpace.Of(storage, study),
            NoSpace = problem,
            Trials = storage.ReadTrials(study.Id, -1, []),
            Notes = storage.ReadTrialAttributes(study.Id),
            Distributions =
            [
                .. storage.ReadDistributions(study.Id).Select(pair => (pair.Name, DistributionJson.Read(pair.DistributionJson)))
                    .Where(pair => pair.Item2 is not null).Select(pair => (pair.Name, pair.Item2!)),
            ],
        };
    }

    /// <summary>
    /// The study with its space. A study of another program may have no common space, or no trial yet: then the report shows its trials
    /// alone.
    /// </summary>
    private static StudyView? View(StudyStorage storage, string name, out string? problem)
    {
        problem = null;
        try
        {
            return storage.ViewStudy(name);
        }
        catch (StorageException exception) when (exception.Problem == StorageProblem.NoSpace)
        {
            problem = exception.Message;
            return null;
        }
    }
}
