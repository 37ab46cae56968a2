using LogMl.TestKit;
using LogMl.TestKit.Postgres;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace LogMl.Storage.Tests.Kit;

/// <summary>An empty database of one of the kinds. A test opens it several times, as different processes would.</summary>
internal sealed class StoragePlace : IDisposable
{
    private readonly TempDirectory? _folder;
    private readonly PostgresDatabase? _database;
    private readonly StudyStorage? _memory;
    private readonly List<StudyStorage> _opened = [];

    public StoragePlace(StorageKind kind)
    {
        switch (kind)
        {
            case StorageKind.Sqlite:
                _folder = new TempDirectory("study");
                break;
            case StorageKind.Postgres:
                _database = PostgresServer.Shared.CreateDatabase();
                break;
            default:
                _memory = StudyStorages.InMemory();
                break;
        }
    }

    /// <summary>The SQLite file, or the connection string.</summary>
    public string Address => _database?.ConnectionString ?? File;

    public string File => Path.Combine(_folder!.Path, "study.db");

    public string Folder => _folder!.Path;

    /// <summary>Opens a storage with its own owner. In memory there is only one storage.</summary>
    public StudyStorage Open(StorageOptions? options = null)
    {
        if (_memory is not null)
        {
            return _memory;
        }

        var storage = Open(Address, options);
        _opened.Add(storage);
        return storage;
    }

    public static StudyStorage Open(string address, StorageOptions? options = null) =>
        address.StartsWith("Host=", StringComparison.Ordinal)
            ? StudyStorages.PostgreSql(address, options)
            : StudyStorages.Sqlite(address, options);

    /// <summary>Runs a statement without the library, as another program would.</summary>
    public void Execute(string sql)
    {
        if (_database is not null)
        {
            PostgresQuery.Execute(_database.ConnectionString, sql);
            return;
        }

        using var connection = OpenFile();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Reads one value without the library.</summary>
    public object? Scalar(string sql)
    {
        if (_database is not null)
        {
            return PostgresQuery.Scalar<object>(_database.ConnectionString, sql);
        }

        using var connection = OpenFile();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public void Dispose()
    {
        foreach (var storage in _opened)
        {
            storage.Dispose();
        }

        _memory?.Dispose();
        _folder?.Dispose();
        if (_database is not null)
        {
            NpgsqlConnection.ClearAllPools();
        }
    }

    private SqliteConnection OpenFile()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
