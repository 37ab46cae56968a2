namespace LogMl.Storage.Tests.Kit;

/// <summary>The kind of database in which a test keeps its studies.</summary>
public enum DatabaseKind
{
    Sqlite,
    PostgreSql,
}
