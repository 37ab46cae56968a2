using LogMl.Storage.Databases;

namespace LogMl.Storage;

/// <summary>Opens storages.</summary>
public static class StudyStorages
{
    /// <summary>A SQLite file, which is created when it is not there. Any number of processes of one machine may share it; it must not lie on a network drive.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="options">How to wait; null for the defaults.</param>
    /// <returns>The storage.</returns>
    /// <exception cref="StorageException">The file is no database of studies, is damaged, or cannot be written; it is left as it is.</exception>
    public static IStudyStorage Sqlite(string path, StorageOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new StorageOptions();
        options.Validate();
        return new RelationalStorage(new SqliteDatabase(Path.GetFullPath(path)), options);
    }

    /// <summary>A PostgreSQL database, which processes on any number of machines may share. Tables that are missing are created.</summary>
    /// <param name="connectionString">The connection string of Npgsql: <c>Host=server;Database=studies;Username=me;Password=...</c>. It is in no message.</param>
    /// <param name="options">How to wait; null for the defaults.</param>
    /// <returns>The storage.</returns>
    /// <exception cref="StorageException">The database cannot be reached, or its tables are of another version; they are left as they are.</exception>
    public static IStudyStorage PostgreSql(string connectionString, StorageOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        options ??= new StorageOptions();
        options.Validate();
        return new RelationalStorage(new PostgreSqlDatabase(connectionString, options), options);
    }

    /// <summary>A SQLite database in the memory of this process, which ends with it.</summary>
    /// <returns>The storage.</returns>
    public static IStudyStorage InMemory() => new RelationalStorage(new SqliteDatabase(path: null), new StorageOptions());
}
