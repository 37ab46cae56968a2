using LogMl.Storage.Locations;

namespace LogMl.Host;

/// <summary>Finds the location of the store, from the environment or from a file.</summary>
internal static class StorageSource
{
    /// <summary>The environment variable with the location. Workers do not inherit it.</summary>
    public const string Variable = NamedLocation.Variable;

    /// <summary>The place where this call stores studies: that of the variable or of the file, else a SQLite file of its own.</summary>
    /// <param name="storageFile">The file with the location, or null.</param>
    /// <param name="ownFile">The SQLite file to use by default.</param>
    /// <param name="events">Receives the warning that others can read the file.</param>
    /// <exception cref="HostException">The location cannot be used.</exception>
    public static StorageLocation Resolve(string? storageFile, string ownFile, HostEvents events)
    {
        try
        {
            return NamedLocation.Find(
                Environment.GetEnvironmentVariable(Variable), storageFile, "HyperOptStorageFile",
                text => events.Warning(HostErrors.StorageLocation, SourcePlace.Unknown, text)) ?? StorageLocation.OfFile(ownFile);
        }
        catch (FormatException exception)
        {
            throw new HostException(HostErrors.StorageLocation, exception.Message);
        }
    }
}
