using LogMl.Storage.Locations;

namespace LogMl.Host;

/// <summary>
/// Finds the location of the store, from the environment or from a file. No error repeats any part of a text that could not be read.
/// </summary>
internal static class StorageSource
{
    /// <summary>The environment variable with the location. Workers do not inherit it.</summary>
    public const string Variable = "LOGML_STORAGE";

    /// <summary>The greatest length of the text. A file with more in it has no connection string.</summary>
    private const int MaxLength = 16 * 1024;

    /// <summary>The place where this call stores studies: that of the variable or of the file, else a SQLite file of its own.</summary>
    /// <param name="storageFile">The file with the location, or null.</param>
    /// <param name="ownFile">The SQLite file to use by default.</param>
    /// <param name="events">Receives the warning that others can read the file.</param>
    /// <exception cref="HostException">The location cannot be used.</exception>
    public static StorageLocation Resolve(string? storageFile, string ownFile, HostEvents events)
    {
        var variable = Environment.GetEnvironmentVariable(Variable);
        var isSet = !string.IsNullOrWhiteSpace(variable);
        if (storageFile is not null)
        {
            // Whichever of them had priority, some users would find the study in the wrong database.
            return isSet
                ? throw Invalid(
                    $"Two places say where studies are stored: the environment variable {Variable} and HyperOptStorageFile, "
                    + $"'{storageFile}'. Clear one of them.")
                : Parse(ReadFile(storageFile, events), $"the file '{storageFile}'");
        }

        return isSet ? Parse(variable!, $"the environment variable {Variable}") : StorageLocation.OfFile(ownFile);
    }

    /// <summary>Reads a location.</summary>
    /// <param name="text">The location.</param>
    /// <param name="source">The source of the text, for errors.</param>
    /// <exception cref="HostException">The text is no location.</exception>
    public static StorageLocation Parse(string text, string source)
    {
        try
        {
            return StorageLocation.Parse(text);
        }
        catch (FormatException exception)
        {
            throw Invalid($"The storage location in {source} cannot be used: {exception.Message}");
        }
    }

    private static string ReadFile(string path, HostEvents events)
    {
        try
        {
            using var reader = new StreamReader(path);
            WarnOfReaders(path, events);
            var buffer = new char[MaxLength + 1];
            var length = reader.ReadBlock(buffer);
            var text = new string(buffer, 0, length);
            if (string.IsNullOrWhiteSpace(text))
            {
                throw Invalid($"The file '{path}', which HyperOptStorageFile names, is empty. {StorageLocation.ValidForms}");
            }

            return length <= MaxLength
                ? text
                : throw Invalid(
                    $"The file '{path}', which HyperOptStorageFile names, is too long for a storage location. "
                    + StorageLocation.ValidForms);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Invalid($"The file with the storage location, which HyperOptStorageFile names, cannot be read: {exception.Message}");
        }
    }

    private static void WarnOfReaders(string path, HostEvents events)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0)
        {
            events.Warning(
                HostErrors.StorageLocation, SourcePlace.Unknown,
                $"Other users of this machine can read the file '{path}', which may have a password in it. Make it yours alone: "
                + "chmod 600.");
        }
    }

    private static HostException Invalid(string message) => new(HostErrors.StorageLocation, message);
}
