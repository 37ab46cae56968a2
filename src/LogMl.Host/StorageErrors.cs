using LogMl.Storage;

namespace LogMl.Host;

/// <summary>Converts errors of a store to errors of the host.</summary>
internal static class StorageErrors
{
    private const string OtherName = " Set HyperOptStudy to another name to begin a new study beside it";

    public static HostException Of(StorageException exception) => exception.Problem switch
    {
        StorageProblem.OtherSpace => new HostException(
            HostErrors.OtherSpace,
            exception.Message + OtherName + ", with HyperOptFrom to take over the trials of this one where they fit; or remove the stored "
                + "one with -t:HyperOptClean."),
        StorageProblem.OtherObjectives => new HostException(
            HostErrors.OtherGoals, exception.Message + OtherName + ", or remove the stored one with -t:HyperOptClean."),
        StorageProblem.NotAStudy or StorageProblem.Damaged => new HostException(HostErrors.DamagedStudy, exception.Message),
        StorageProblem.Gone => new HostException(HostErrors.StudyGone, exception.Message),
        StorageProblem.Deleted => new HostException(HostErrors.StudyDeleted, exception.Message + " Call it again to begin a new study."),
        StorageProblem.UnknownSchema => new HostException(HostErrors.UnknownSchema, exception.Message),
        _ => new HostException(HostErrors.StorageUnavailable, exception.Message),
    };
}
