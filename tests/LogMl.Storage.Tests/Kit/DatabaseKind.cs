namespace LogMl.Storage.Tests.Kit;

/// <summary>What a test keeps its studies in.</summary>
public enum DatabaseKind
{
    Sqlite,
    PostgreSql,
}
