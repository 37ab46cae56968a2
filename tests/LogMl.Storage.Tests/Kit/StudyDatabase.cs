using LogMl.TestKit;
using LogMl.TestKit.Postgres;

namespace LogMl.Storage.Tests.Kit;

/// <summary>An empty database for studies. It is deleted when this object is disposed.</summary>
internal sealed class StudyDatabase : IDisposable
{
    private readonly TempDirectory? _folder;
    private readonly string _place;

    private StudyDatabase(TempDirectory? folder, string place, string url)
    {
        _folder = folder;
        _place = place;
        Url = url;
    }

    /// <summary>Its location in the form that Optuna expects.</summary>
    public string Url { get; }

    public static StudyDatabase Create(DatabaseKind kind)
    {
        if (kind == DatabaseKind.PostgreSql)
        {
            var database = PostgresServer.Shared.CreateDatabase();
            return new StudyDatabase(null, database.ConnectionString, database.Url);
        }

        var folder = new TempDirectory("studies");
        var file = Path.Combine(folder.Path, "study.db");
        return new StudyDatabase(folder, file, "sqlite:///" + file);
    }

    /// <summary>Opens it as another process would.</summary>
    public StudyStorage Open(StorageOptions? options = null) =>
        _folder is null ? StudyStorages.PostgreSql(_place, options) : StudyStorages.Sqlite(_place, options);

    public void Dispose() => _folder?.Dispose();
}
