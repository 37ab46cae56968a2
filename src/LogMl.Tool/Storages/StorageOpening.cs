using LogMl.Storage;
using LogMl.Storage.Locations;

namespace LogMl.Tool.Storages;

/// <summary>Opens storages. One that is only read stays as it is, to the last byte.</summary>
internal static class StorageOpening
{
    /// <summary>Somebody waits for the answer.</summary>
    private static readonly TimeSpan RetryLimit = TimeSpan.FromSeconds(10);

    /// <summary>Opens a storage for reading.</summary>
    /// <exception cref="ToolException">It cannot be used.</exception>
    public static StudyStorage ToRead(StorageLocation location) =>
        Translate(() => location.Open(new StorageOptions { ReadOnly = true, RetryLimit = RetryLimit }));

    /// <summary>Opens a storage for writing. A SQLite file that does not exist is made, and so are tables that are missing.</summary>
    /// <exception cref="ToolException">It cannot be used.</exception>
    public static StudyStorage ToWrite(StorageLocation location) =>
        Translate(() => location.Open(new StorageOptions { RetryLimit = RetryLimit, MayShareFile = false }));

    /// <summary>Calls a storage, and converts its errors.</summary>
    /// <exception cref="ToolException">It cannot be used.</exception>
    public static T Translate<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (StorageException exception)
        {
            throw Of(exception);
        }
    }

    /// <summary>The error of the tool for an error of a storage.</summary>
    public static ToolException Of(StorageException exception) => new(
        exception.Problem switch
        {
            StorageProblem.NotFound or StorageProblem.Deleted or StorageProblem.NoSpace => ToolErrors.Study,
            StorageProblem.OtherSpace or StorageProblem.OtherObjectives => ToolErrors.OtherStudy,
            _ => ToolErrors.Storage,
        },
        exception.Message)
    {
        IsMissing = exception.Problem is StorageProblem.NotFound or StorageProblem.Deleted or StorageProblem.Empty
            or StorageProblem.Gone,
    };
}
