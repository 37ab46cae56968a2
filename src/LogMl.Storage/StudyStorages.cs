using LogMl.Storage.Databases;
using LogMl.Storage.Locations;

namespace LogMl.Storage;

/// <summary>Opens storages.</summary>
public static class StudyStorages
{
    /// <summary>Opens the storage at a location.</summary>
    /// <param name="location">
    /// The path of a SQLite file; a URL as Optuna has it, <c>sqlite:////absolute/path.db</c> or
    /// <c>postgresql://user:password@host:port/database</c>, in which special characters are percent-encoded; or a connection string of
    /// Npgsql. A text with an equals sign is no path. Messages show only host, port and database of a server's location.
    /// </param>
    /// <param name="options">The options of the storage; null for the defaults.</param>
    /// <param name="cancellationToken">
    /// After cancellation, calls retry for at most five seconds more when the server does not answer.
    /// </param>
    /// <returns>The storage.</returns>
    /// <exception cref="FormatException">The location is none of these.</exception>
    /// <exception cref="StorageException">As for <see cref="Sqlite"/> and <see cref="PostgreSql"/>.</exception>
    public static StudyStorage Open(string location, StorageOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(location);
        return Read(location).Open(options, cancellationToken);
    }

    /// <summary>
    /// Opens a SQLite file, and creates it when it does not exist. Any number of processes of one machine may share it. It must not be on
    /// a network drive.
    /// </summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="options">The options of the storage; null for the defaults.</param>
    /// <returns>The storage.</returns>
    /// <exception cref="StorageException">
    /// The file is no database of studies, is damaged, or cannot be written. It was left as it is.
    /// </exception>
    public static StudyStorage Sqlite(string path, StorageOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new StorageOptions();
        options.Validate();
        return new RelationalStorage(new SqliteDatabase(Path.GetFullPath(path), options.ReadOnly), options);
    }

    /// <summary>Opens a PostgreSQL database, which processes on any number of machines may share. Missing tables are created.</summary>
    /// <param name="connectionString">
    /// The connection string of Npgsql: <c>Host=server;Database=studies;Username=me;Password=...</c>. It is in no message.
    /// </param>
    /// <param name="options">The options of the storage; null for the defaults.</param>
    /// <param name="cancellationToken">As for <see cref="Open"/>.</param>
    /// <returns>The storage.</returns>
    /// <exception cref="StorageException">
    /// The database cannot be reached, or its tables are of another version. They were left as they are.
    /// </exception>
    public static StudyStorage PostgreSql(
        string connectionString, StorageOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        options ??= new StorageOptions();
        options.Validate();
        return new RelationalStorage(new PostgreSqlDatabase(connectionString, options, cancellationToken), options);
    }

    /// <summary>Opens a SQLite database in the memory of this process. It ends with the process.</summary>
    /// <returns>The storage.</returns>
    public static StudyStorage InMemory() => new RelationalStorage(new SqliteDatabase(path: null, isReadOnly: false), new StorageOptions());

    private static StorageLocation Read(string location)
    {
        try
        {
            return StorageLocation.ParseOrFile(location);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"The storage location cannot be used: {exception.Message}");
        }
    }
}
